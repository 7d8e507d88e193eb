import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0011_outages'),
    ]

    operations = [
        migrations.CreateModel(
            name='BroughtStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('rows', models.PositiveIntegerField()),
                ('new', models.PositiveIntegerField()),
                ('last_day', models.DateField(null=True)),
            ],
            options={
                'permissions': [('bring_statement', "Can bring a bank's statement and say whose a transfer is")],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='attempt',
            name='camera_code',
            field=models.TextField(blank=True),
        ),
        # No provider had written any; as text they would not be JSON.
        migrations.RemoveField(
            model_name='attempt',
            name='instructions',
        ),
        migrations.AddField(
            model_name='attempt',
            name='instructions',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='CarriedOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='carried_out', to='support.refundrequest')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('row_id', models.CharField(max_length=64)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'id'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('provider', 'row_id'), name='movement_is_kept_once'), models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='movement_is_of_something')],
            },
        ),
        migrations.CreateModel(
            name='PayersWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_payer', models.BinaryField()),
                ('sealed_text', models.BinaryField()),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('movement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='support.movement')),
            ],
            options={
                'verbose_name_plural': "payers' words",
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('ref', models.CharField(db_index=True, max_length=200)),
                ('refund', models.CharField(blank=True, max_length=70)),
                ('by', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='placement', to='support.movement')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='set_aside', to='support.movement')),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
