
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0010_unheard'),
    ]

    operations = [
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('provider', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('last', models.DateTimeField()),
                ('failures', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
