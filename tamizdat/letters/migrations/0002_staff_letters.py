
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.UUIDField(unique=True)),
                ('key', models.CharField(max_length=100, unique=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
