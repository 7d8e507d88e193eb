
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0009_claims'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unheard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('told_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'unheard',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('provider', 'since'), name='silence_is_told_once')],
            },
        ),
    ]
