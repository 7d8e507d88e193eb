import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0017_exchanged'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_currency', models.F('currency')), ('settled_minor', models.F('gross_minor'))), models.Q(models.Q(('settled_currency', models.F('currency')), _negated=True), ('settled_minor__gt', 0)), _connector='OR'), name='payment_is_exchanged_or_as_given'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('settled_currency'), 3), name='payment_settles_in_a_code'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__gt', 0), ('settled_minor__gte', 0)), models.Q(('amount_minor__lt', 0), ('settled_minor__lte', 0)), _connector='OR'), name='return_settles_the_same_way'),
        ),
    ]
