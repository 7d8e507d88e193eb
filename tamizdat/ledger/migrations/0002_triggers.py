"""From here on the database refuses to forget, to change, and to book what does not balance."""

from django.db import migrations

from tamizdat.ledger import triggers


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(triggers.arm, triggers.disarm)]
