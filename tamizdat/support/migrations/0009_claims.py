
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0008_wishes'),
    ]

    operations = [
        migrations.AddField(
            model_name='return',
            name='claim_url',
            field=models.TextField(blank=True),
        ),
    ]
