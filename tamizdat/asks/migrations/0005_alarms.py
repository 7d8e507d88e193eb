import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0004_read_logs'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlarmLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.UUIDField(unique=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text='in UTC')),
                ('shown', models.PositiveBigIntegerField(help_text='showings on that day')),
                ('usual', models.PositiveBigIntegerField(help_text='showings a day in the week before')),
                ('at', models.DateTimeField()),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='asks.ask')),
            ],
            options={
                'ordering': ['-day', 'ask'],
                'constraints': [models.UniqueConstraint(fields=('ask', 'day'), name='an_ask_rings_once_a_day')],
            },
        ),
    ]
