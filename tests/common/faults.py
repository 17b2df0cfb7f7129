"""Faults that tests put into the way of a request."""

import threading

from django.db import DEFAULT_DB_ALIAS, connections

from tests.local_servers import free_port


class Failing:
    """A middleware in which something breaks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise ZeroDivisionError


def database_away(act):
    """Return what `act()` returns in a thread whose database is not there."""
    outcomes = []

    def run():
        wrapper = connections[DEFAULT_DB_ALIAS]
        options = {k: v for k, v in wrapper.settings_dict["OPTIONS"].items() if k != "pool"}
        nowhere = {"NAME": "/nonexistent/portal.sqlite3", "HOST": "127.0.0.1", "PORT": free_port()}
        wrapper.settings_dict = {**wrapper.settings_dict, **nowhere, "OPTIONS": options}
        outcomes.append(act())
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return outcomes[0]
