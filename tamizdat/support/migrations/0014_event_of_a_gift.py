
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0013_cash_and_cheques'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['reference'], name='event_of_a_gift'),
        ),
    ]
