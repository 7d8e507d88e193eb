
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0005_alarms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='source',
            name='ask',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='asks.ask'),
        ),
    ]
