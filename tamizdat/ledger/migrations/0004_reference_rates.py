import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from tamizdat.ledger import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_month_close'),
    ]

    operations = [
        migrations.RunPython(triggers.disarm, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('per_euro', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('currency', 'on'), name='rate_is_known_once'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('currency'), 3)), name='rate_currency_is_a_code')],
            },
        ),
        migrations.RunPython(triggers.arm, triggers.disarm),
    ]
