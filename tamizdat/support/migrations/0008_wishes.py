
import django.db.models.deletion
import django.utils.timezone
import tamizdat.support.rules.contract
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0007_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('kind', models.CharField(max_length=6)),
                ('amount_minor', models.BigIntegerField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('by', models.CharField(max_length=150)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='support.contribution')),
            ],
            options={
                'verbose_name_plural': 'wishes',
                'ordering': ['asked_at'],
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__gt', 0), ('kind', tamizdat.support.rules.contract.Change['AMOUNT']), ('until', None)), models.Q(('amount_minor', None), ('kind', tamizdat.support.rules.contract.Change['PAUSE'])), _connector='OR'), name='wish_is_of_a_kind')],
            },
        ),
    ]
