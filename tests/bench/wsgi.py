"""What gunicorn serves for the bench: the portal, and Django with nothing but a view at /bare/.

A request that asks for it by a header is told which process answered and how many SQL statements
that took; the measured requests do not ask.
"""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import override_settings

ASKS = "HTTP_X_BENCH"

portal = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ, start_response):
    answer = bare if environ["PATH_INFO"] == "/bare/" else portal
    if ASKS in environ:
        return _counted(answer, environ, start_response)
    return answer(environ, start_response)


def _counted(answer, environ, start_response):
    statements = []

    def count(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    def start(status, headers, exc_info=None):
        told = [("X-Process", str(os.getpid())), ("X-Statements", str(len(statements)))]
        return start_response(status, [*headers, *told], exc_info)

    with connection.execute_wrapper(count):
        return answer(environ, start)
