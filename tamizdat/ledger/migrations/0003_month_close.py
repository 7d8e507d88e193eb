import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_triggers'),
    ]

    operations = [
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
    ]
