from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bakery', '0002_the_press'),
    ]

    operations = [
        migrations.AddField(
            model_name='bakedfile',
            name='can_shrink',
            field=models.BooleanField(default=True, help_text='its variants can still be packed better'),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='bakedfile',
            index=models.Index(condition=models.Q(('can_shrink', True)), fields=['id'], name='can_still_shrink'),
        ),
    ]
