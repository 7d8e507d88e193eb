from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0005_forgetting"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpentWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("riddle", models.CharField(max_length=40, unique=True)),
                ("spent_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "verbose_name_plural": "spent work",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["created_at"], name="contribution_begun"),
        ),
    ]
