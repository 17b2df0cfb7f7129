"""Every kind of public page, with its fullest, its emptiest and a one-language record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A page to open: a name for test reports and the address behind the language."""

    name: str
    path: str

    def __str__(self) -> str:
        return self.name


KINDS = [
    Kind("home", ""),
    Kind("practices", "practices/"),
    Kind("practices filtered", "practices/?q=youth&theme=youth&evidence=limited&language=en"),
    Kind("practices searched", "practices/?q=mayor+تمرين"),
    Kind("practices none found", "practices/?q=zzzzqqq&country=no"),
    Kind("practices to print", "practices/print/?theme=youth"),
    Kind("practices as files", "practices/export/"),
    Kind("practice fullest", "practices/slug/london-shared-endeavour-fund/"),
    Kind("practice emptiest", "practices/slug/emptiest/"),
    Kind("practice only Arabic", "practices/slug/only-arabic/"),
    Kind("practice only English", "practices/slug/only-english/"),
    Kind("practice versions", "practices/slug/london-shared-endeavour-fund/versions/"),
    Kind("practice withdrawn", "practices/slug/withdrawn/"),
    Kind("edition complete", "findings/2023/"),
    Kind("edition incomplete", "findings/2022/"),
    Kind("edition emptiest", "findings/2021/"),
    Kind("finding", "findings/2023/3/"),
    Kind("finding partial", "findings/2022/3/"),
    Kind("finding with recommendation", "findings/2021/10/"),
    Kind("cities", "cities/"),
    Kind("cities none found", "cities/?q=zzzzqqq"),
    Kind("city fullest", "cities/oslo/"),
    Kind("city emptiest", "cities/emptiest/"),
    Kind("city not on the map", "cities/cape-town/"),
    Kind("speak for a city", "cities/oslo/speak/"),
    Kind("events", "events/"),
    Kind("event fullest", "events/tdi-2023-oslo/"),
    Kind("event emptiest", "events/emptiest/"),
    Kind("event by year only", "events/tdi-2023-washington/"),
    Kind("search", "search/"),
    Kind("search with results", "search/?q=oslo"),
    Kind("search none found", "search/?q=zzzzqqq"),
    Kind("about", "about/"),
    Kind("accessibility", "accessibility/"),
    Kind("privacy", "privacy/"),
    Kind("share a practice", "practices/submit/"),
    Kind("sign in", "accounts/login/"),
    Kind("sign in by code", "accounts/login/code/"),
    Kind("sign up", "accounts/signup/"),
    Kind("password reset", "accounts/password/reset/"),
    Kind("not found", "nowhere/"),
]
