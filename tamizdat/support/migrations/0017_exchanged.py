from django.db import migrations, models
from django.db.models import F


def as_given(apps, schema_editor):
    """Until now every payment settled as it was given."""
    payment, back = apps.get_model("support", "Payment"), apps.get_model("support", "Return")
    payment.objects.update(settled_minor=F("gross_minor"), settled_currency=F("currency"))
    back.objects.update(settled_minor=F("amount_minor"))


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0016_asked_each_time'),
    ]

    operations = [
        migrations.AddField('payment', 'settled_minor', models.BigIntegerField(null=True)),
        migrations.AddField('payment', 'settled_currency', models.CharField(default='', max_length=3)),
        migrations.AddField('return', 'settled_minor', models.BigIntegerField(null=True)),
        migrations.RunPython(as_given, migrations.RunPython.noop),
        migrations.AlterField('payment', 'settled_minor', models.BigIntegerField()),
        migrations.AlterField('payment', 'settled_currency', models.CharField(max_length=3)),
        migrations.AlterField('return', 'settled_minor', models.BigIntegerField()),
    ]
