from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_ties_and_restrictions")]

    operations = [
        migrations.AlterField(
            model_name="emergencynotice",
            name="verdict",
            field=models.CharField(
                blank=True,
                choices=[
                    ("judged_fair", "It was fair"),
                    ("training_agreed", "Training is agreed"),
                    ("judged_not_fair", "It was not fair"),
                ],
                default="",
                max_length=20,
            ),
        )
    ]
