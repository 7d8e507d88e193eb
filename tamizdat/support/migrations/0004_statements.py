import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0003_large_refunds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('at', models.DateTimeField(db_index=True)),
                ('rows', models.PositiveIntegerField()),
                ('repaired', models.PositiveIntegerField()),
                ('differences', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('of', models.CharField(max_length=6)),
                ('value', models.CharField(max_length=200)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('provider', 'of'), name='cursor_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=30)),
                ('ref', models.CharField(max_length=200)),
                ('said', models.CharField(max_length=400)),
                ('since', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['since', 'id'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('provider', 'kind', 'ref'), name='difference_is_open_once')],
            },
        ),
        migrations.CreateModel(
            name='StatementRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('provider_id', models.CharField(max_length=70)),
                ('kind', models.CharField(max_length=14)),
                ('ref', models.CharField(blank=True, max_length=200)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('gross_minor', models.BigIntegerField()),
                ('fee_minor', models.BigIntegerField()),
                ('net_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('at', models.DateTimeField(db_index=True)),
                ('day', models.DateField()),
                ('holds_minor', models.BigIntegerField(null=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['provider', 'kind', 'ref'], name='statement_row_is_about')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'provider_id'), name='statement_row_is_kept_once'), models.CheckConstraint(condition=models.Q(('net_minor', django.db.models.expressions.CombinedExpression(models.F('gross_minor'), '-', models.F('fee_minor')))), name='statement_row_adds_up')],
            },
        ),
    ]
