from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_what_somebody_is_told_as")]

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
