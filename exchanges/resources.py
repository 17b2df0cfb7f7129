"""Cities as rows of a CSV or XLSX file."""

from exchanges.models import City, Country
from portal.common.desk.columns import Key
from portal.search.resources import CuratedResource, table_columns


class CityResource(CuratedResource):
    keys = {Country: Key("code")}

    class Meta(CuratedResource.Meta):
        model = City
        fields = table_columns(City, "curator_note")
