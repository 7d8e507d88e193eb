"""The triggers are set by the newest migration that touches them: they guard tables that did not exist here yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = []
