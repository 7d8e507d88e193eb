import django.db.models.deletion
from django.db import migrations, models


def move_refunds(apps, schema_editor):
    """A refund is a return of its kind: same company, same name, same entry."""
    Refund, Return = apps.get_model("support", "Refund"), apps.get_model("support", "Return")
    Return.objects.bulk_create(
        (
            Return(
                payment_id=old.payment_id, provider=old.provider, kind="refund", provider_id=old.provider_id,
                amount_minor=old.amount_minor, at=old.refunded_at, day=old.day,
            )
            for old in Refund.objects.order_by("pk").iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('provider_id', models.CharField(max_length=70)),
                ('opened_at', models.DateTimeField()),
                ('respond_by', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=4)),
            ],
            options={
                'ordering': ['opened_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FailedTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=200)),
                ('number', models.PositiveSmallIntegerField()),
                ('mend_url', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['at', 'number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PastDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('healed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'past due',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=14)),
                ('provider_id', models.CharField(max_length=70)),
                ('amount_minor', models.BigIntegerField()),
                ('fee_minor', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
            ],
            options={
                'ordering': ['at', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='refundrequest',
            name='amount_minor',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='refundrequest',
            name='provider_id',
            field=models.CharField(blank=True, max_length=70),
        ),
        migrations.AlterField(
            model_name='refundrequest',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_requests', to='support.payment'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor', None), ('amount_minor__gt', 0), _connector='OR'), name='refund_request_is_of_something'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='support.payment'),
        ),
        migrations.AddField(
            model_name='failedtry',
            name='contribution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failed_tries', to='support.contribution'),
        ),
        migrations.AddField(
            model_name='pastdue',
            name='contribution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='past_dues', to='support.contribution'),
        ),
        migrations.AddField(
            model_name='return',
            name='dispute',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='support.dispute'),
        ),
        migrations.AddField(
            model_name='return',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='support.payment'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(fields=('provider', 'provider_id'), name='dispute_is_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'won', 'lost'])), name='dispute_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='failedtry',
            constraint=models.UniqueConstraint(fields=('contribution', 'period', 'number'), name='failed_try_is_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='pastdue',
            constraint=models.UniqueConstraint(condition=models.Q(('healed_at', None)), fields=('contribution',), name='contribution_is_past_due_once'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(fields=('provider', 'kind', 'provider_id'), name='return_is_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='return_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__gt', 0), ('kind', 'refund')), models.Q(('amount_minor__lt', 0), ('kind', 'refund_failure')), models.Q(('dispute__isnull', False), ('kind', 'dispute')), _connector='OR'), name='return_is_of_a_kind'),
        ),
        # Last: PostgreSQL alters no table whose new rows are still to be checked.
        migrations.RunPython(move_refunds, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='Refund',
        ),
    ]
