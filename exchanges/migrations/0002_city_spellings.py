"""A column that is searched for the name of a city, filled from its names and other spellings."""

from django.db import migrations, models

from exchanges.spelling import folded


def fill(apps, schema_editor):
    City = apps.get_model("exchanges", "City")
    columns = [
        field.name
        for field in City._meta.fields
        if field.name.startswith(("name_", "other_names_"))
    ]
    for city in City.objects.all():
        city.spellings = folded(getattr(city, column) for column in columns)
        city.save(update_fields=["spellings"])


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="city",
            name="spellings",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalcity",
            name="spellings",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
