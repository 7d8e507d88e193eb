import django.utils.timezone
from django.db import migrations, models

from tamizdat.ledger import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_triggers'),
    ]

    operations = [
        migrations.RunPython(triggers.disarm, migrations.RunPython.noop),
        migrations.CreateModel(
            name='MonthClose',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False)),
                ('by', models.CharField(max_length=150)),
                ('posting_count', models.PositiveIntegerField()),
                ('totals', models.JSONField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RunPython(triggers.arm, triggers.disarm),
    ]
