
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0012_bank_transfers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(max_length=6)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='support.movement')),
            ],
            options={
                'permissions': [('write_slip', 'Can write down gifts in cash and by cheque, and see their evidence')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('slip', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='support.slip')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['cash', 'cheque'])), name='slip_is_of_cash_or_a_cheque'),
        ),
    ]
