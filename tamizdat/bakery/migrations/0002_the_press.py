import hashlib

from django.db import migrations, models


def divide(apps, schema_editor):
    """Lines written before a manifest had parts."""
    lines = apps.get_model("bakery", "BakedFile").objects
    for line in lines.iterator():
        lines.filter(pk=line.pk).update(part=hashlib.sha256(line.path.encode()).digest()[0])


class Migration(migrations.Migration):

    dependencies = [
        ('bakery', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='bakedfile',
            name='part',
            field=models.PositiveSmallIntegerField(default=0, help_text='the part of the manifest that names it'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='bakedfile',
            name='seen',
            field=models.PositiveIntegerField(db_index=True, default=0, help_text='the build that last found it to be right'),
            preserve_default=False,
        ),
        migrations.RunPython(divide, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='bakedfile',
            index=models.Index(fields=['part', 'path'], name='part_of_the_manifest'),
        ),
        migrations.AlterField(
            model_name='bakedfile',
            name='build',
            field=models.PositiveIntegerField(db_index=True, help_text='the build that wrote it last'),
        ),
        migrations.AlterField(
            model_name='bakedfile',
            name='digest',
            field=models.CharField(blank=True, help_text='SHA-256 of the uncompressed bytes, hexadecimal', max_length=64),
        ),
        migrations.CreateModel(
            name='Underway',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('recipe', models.CharField(max_length=64)),
                ('touches', models.JSONField(default=list, help_text='the touches of the whole paper that it answers')),
                ('done', models.JSONField(default=list, help_text='names of the batches that are safe')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_whole_bake_at_a_time')],
            },
        ),
    ]
