from django.db import migrations, models
from django.db.models import F

WRITABLE_AFTER_SENDING = ("changes-requested", "withdrawn", "draft")


def as_known(apps, schema_editor):
    """What the network has of texts that were sent already."""
    sent = apps.get_model("practices", "Submission").objects.filter(sent_at__isnull=False)
    sent.update(desk_answers=F("answers"))
    sent.filter(state__in=WRITABLE_AFTER_SENDING).update(desk_answers=F("sent_answers"))


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0006_reasons_of_gone_practices"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="desk_answers",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RunPython(as_known, migrations.RunPython.noop),
    ]
