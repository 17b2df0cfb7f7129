"""Practices as rows of a CSV or XLSX file."""

from findings.models import Finding
from portal.common.desk.columns import Key
from portal.search.resources import CuratedResource, table_columns
from practices.models import Practice


class PracticeResource(CuratedResource):
    keys = {Finding: Key("key", needs=("edition",))}

    class Meta(CuratedResource.Meta):
        model = Practice
        # The time of publication follows from the state.
        fields = table_columns(Practice, "curator_note", "published_at")
