
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practice', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='paused_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='skipped',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
