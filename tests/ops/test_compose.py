"""The installation with Docker, as far as it can be read without an engine."""

import re

import pytest

from tests.ops.tree import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed, so the file cannot be read")
SERVICES = ["beat", "db", "migrate", "nginx", "redis", "web", "worker"]


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_services_are_the_ones_that_operators_read_about(compose):
    assert sorted(compose["services"]) == SERVICES


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_database_is_migrated(compose, name):
    migrated = compose["services"][name]["depends_on"]["migrate"]
    assert migrated == {"condition": "service_completed_successfully"}


def test_every_service_that_stays_has_a_health_check(compose):
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert dockerfile.count("HEALTHCHECK") == dockerfile.count("FROM ")
    own_image = [name for name, service in compose["services"].items() if "build" not in service]
    assert [name for name in own_image if "healthcheck" not in compose["services"][name]] == []


def test_only_nginx_is_reachable_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == [
        "nginx"
    ]
    assert [
        name for name, service in compose["services"].items() if service["networks"] == ["inside"]
    ] == ["db", "redis"]


def test_the_images_run_without_rights_they_do_not_need(compose):
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE) == ["exchange"]
    for name in ["web", "worker", "beat", "migrate"]:
        service = compose["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


def test_every_folder_that_the_image_copies_is_let_through():
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in allowed if not (ROOT / name).exists()] == []
