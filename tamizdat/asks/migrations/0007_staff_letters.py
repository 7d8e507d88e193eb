from django.db import migrations


def hand_over(apps, schema_editor):
    """Whom the post office still knows for an alarm goes on being forgotten once it has left."""
    kept = apps.get_model("letters", "StaffLetter").objects
    for row in apps.get_model("asks", "AlarmLetter").objects.all():
        kept.get_or_create(recipient=row.recipient, key=f"ask-alarm:{row.recipient}")


class Migration(migrations.Migration):
    dependencies = [
        ("asks", "0006_keep_sources"),
        ("letters", "0002_staff_letters"),
    ]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="AlarmLetter"),
    ]
