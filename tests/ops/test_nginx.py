"""The nginx configuration that is shipped, before an application that repeats what it gets."""

import http.client
import json
import os
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template

import pytest

from tests.local_servers import NGINX, free_port
from tests.ops.tree import ROOT

OPENSSL = shutil.which("openssl")
TEMPLATE = (ROOT / "deploy/nginx/exchange.conf.template").read_text()
HOST = "exchange.example.org"
UPLOAD_LIMIT = 25 * 1024 * 1024

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
    pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed, so no certificate"),
]


class Echo(BaseHTTPRequestHandler):
    """Answers with the request's headers as JSON, in mixed case as they came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Keeps the test's output clean."""


@pytest.fixture(scope="module")
def application():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    subject = ["-subj", f"/CN={HOST}", "-days", "1", "-newkey", "rsa:2048", "-nodes"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([OPENSSL, "req", "-x509", *subject, *files], check=True, capture_output=True)
    static = folder / "static"
    static.mkdir()
    (static / "site.0123456789ab.css").write_text("body{margin:0}")
    shutil.copy(ROOT / "static/unavailable.html", static)
    return folder


def configuration(folder, application_port, http_port, https_port):
    """The shipped file, filled in, on ports that a test may open."""
    filled = Template(TEMPLATE.replace("$", "$$").replace("$${EXCHANGE", "${EXCHANGE")).substitute(
        EXCHANGE_HOST=HOST,
        EXCHANGE_APP=f"127.0.0.1:{application_port}",
        EXCHANGE_STATIC=folder / "static",
        EXCHANGE_CERTIFICATES=folder,
    )
    filled = re.sub(r"listen 80\b", f"listen 127.0.0.1:{http_port}", filled)
    filled = filled.replace("/var/log/nginx", str(folder))
    filled = re.sub(r"listen 443\b", f"listen 127.0.0.1:{https_port}", filled)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    # Started by root, nginx gives its workers to another user, who may not read a test's folder.
    user = "user root;" if os.getuid() == 0 else ""
    path = folder / f"nginx-{https_port}.conf"
    path.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{filled}\n}}\n"
    )
    return path


class Site:
    """Speaks to one running nginx."""

    def __init__(self, http_port, https_port):
        self.http_port, self.https_port = http_port, https_port

    def connect(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.https_port, context=context, timeout=10
        )
        # The name in the handshake chooses the server, so the bare address will not do.
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.https_port), 10), server_hostname=HOST
        )
        return connection

    def ask(self, path, method="GET", **headers):
        connection = self.connect()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": HOST} | named)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response


@contextmanager
def running(folder, application_port):
    """The site that nginx serves with the shipped configuration."""
    ports = free_port(), free_port()
    config = configuration(folder, application_port, *ports)
    process = subprocess.Popen([NGINX, "-c", config], stderr=subprocess.DEVNULL)
    try:
        wait_until_open(ports[1])
        yield Site(*ports)
    finally:
        process.terminate()
        process.wait()


def wait_until_open(port):
    for _attempt in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


@pytest.fixture(scope="module")
def site(folder, application):
    with running(folder, application.server_port) as site:
        yield site


def test_the_configuration_is_accepted(folder):
    config = configuration(folder, 8000, free_port(), free_port())
    checked = subprocess.run(
        [NGINX, "-t", "-c", config], capture_output=True, text=True, check=False
    )
    assert "test is successful" in checked.stderr
    assert checked.returncode == 0


def test_what_a_visitor_claims_about_himself_is_replaced(site):
    response = site.ask(
        "/en/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        Forwarded="for=203.0.113.9",
    )
    received = json.loads(response.body)
    about = {name for name in received if name.lower().startswith(("x-", "forwarded", "host"))}
    assert {name: received[name] for name in about} == {
        "Host": HOST,
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "https",
    }


def test_trace_is_refused(site):
    assert site.ask("/en/", method="TRACE").status == 405


@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/static/.hidden", "/en/.git/HEAD"])
def test_hidden_files_do_not_exist(site, path):
    assert site.ask(path).status == 404


def test_a_body_over_the_limit_is_refused_before_it_is_sent(site):
    response = site.ask("/en/", method="POST", Content_Length=str(UPLOAD_LIMIT + 1))
    assert response.status == 413


def test_static_files_are_served_for_a_year_without_the_application(site):
    response = site.ask("/static/site.0123456789ab.css")
    assert (response.status, response.body) == (200, b"body{margin:0}")
    assert response.headers["Cache-Control"] == "max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_uploads_have_no_address_of_their_own_in_nginx():
    assert re.findall(r"\b(?:alias|root) (\S+);", TEMPLATE) == [
        "/var/www/acme",
        "${EXCHANGE_STATIC}/",
        "${EXCHANGE_STATIC}",
    ]


def test_the_link_of_an_invitation_is_not_logged_nor_what_is_opened_from_it(site, folder):
    token = secrets.token_urlsafe(32).replace("-", "A") + "/"
    site.ask(f"/ar/invitations/{token}")
    site.ask(f"/ar/accounts/login/?next=/ar/invitations/{token}")
    site.ask(f"/ar/accounts/login/?next=%2Far%2Finvitations%2F{token}")
    site.ask("/ar/accounts/signup/", Referer=f"https://{HOST}/ar/invitations/{token}")
    site.ask("/ar/practices/?q=a-slug-of-forty-three-signs-is-not-a-token-xx")
    wait_until_logged(folder / "access.log", "a-slug-of-forty-three-signs")
    assert token[:20] not in (folder / "access.log").read_text()


def wait_until_logged(path, text):
    for _attempt in range(100):
        if path.exists() and text in path.read_text():
            return
        time.sleep(0.05)
    raise TimeoutError(f"{text} is not logged")


def test_plain_http_is_sent_to_https(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.http_port, timeout=10)
    connection.request("GET", "/ar/?q=a%20b", headers={"Host": HOST})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/ar/?q=a%20b")
    connection.close()


def test_an_unknown_host_gets_no_answer(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.http_port, timeout=10)
    connection.request("GET", "/en/", headers={"Host": "evil.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    connection.close()


def test_a_page_in_both_languages_stands_in_while_the_application_is_away(folder):
    with running(folder, application_port=free_port()) as site:
        response = site.ask("/en/practices/")
    page = response.body.decode()
    assert (response.status, response.headers["Retry-After"]) == (503, "30")
    assert ('lang="en"' in page, 'lang="ar" dir="rtl"' in page) == (True, True)
