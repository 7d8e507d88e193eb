import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0002_returns_disputes_failures'),
    ]

    operations = [
        migrations.AddField(
            model_name='refundrequest',
            name='needs_second',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='RefundDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=150)),
                ('is_approved', models.BooleanField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='support.refundrequest')),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
