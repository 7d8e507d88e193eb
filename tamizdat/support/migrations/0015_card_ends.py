
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0014_event_of_a_gift'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='card_ends', to='support.contribution')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('contribution', 'on'), name='card_end_is_noted_once')],
            },
        ),
    ]
