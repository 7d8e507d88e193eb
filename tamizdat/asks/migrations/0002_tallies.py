from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("asks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(help_text="in UTC; nothing finer is kept")),
                ("source", models.CharField(help_text="placement/ask.variant, as gifts name it", max_length=60)),
                ("event", models.CharField(max_length=10)),
                ("n", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
                "constraints": [models.UniqueConstraint(fields=("day", "source", "event"), name="one_tally_a_day")],
            },
        ),
    ]
