"""docker-compose.yml where no Docker engine runs: its schema, and every name it shares with settings and images."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from devtools import dotenv
from devtools.services import versions

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPLICATION = {name: service for name, service in SERVICES.items() if service["image"] == "zhongyan:local"}
ENGINES = {name: service for name, service in SERVICES.items() if name not in APPLICATION}
IMAGE_READS = {
    "postgres": {"POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS", "POSTGRES_USER"},
    "redis": set(),
    "elasticsearch": {"ELASTIC_PASSWORD", "ES_JAVA_OPTS", "ingest.geoip.downloader.enabled", "xpack.ml.enabled"},
    "nginx": set(),
    "clamav": set(),
}
"""What the official images document; what our own files in deploy/ read is found by reading them."""


def read_by_settings() -> dict[str, bool]:
    """Return every variable the production settings read, and whether they refuse to start without it."""
    found: dict[str, bool] = {}
    for name in ("base", "production"):
        tree = ast.parse((ROOT / "marketplace" / "settings" / f"{name}.py").read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if re.fullmatch(r"env\.\w+", ast.unparse(call.func)) and isinstance(call.args[0], ast.Constant):
                needed = len(call.args) == 1 and not call.keywords
                found[str(call.args[0].value)] = needed or found.get(str(call.args[0].value), False)
    return found


def read_by_deploy() -> set[str]:
    """Return every variable our own files in deploy/ read."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir() if path.suffix != ".conf"]
    pattern = re.compile(r"""\$\{?([A-Z][A-Z_]+)|environ(?:\.get\(|\[)["']([A-Z_]+)""")
    return {first or second for text in texts for first, second in pattern.findall(text)}


def interpolated() -> dict[str, bool]:
    """Return every ${VARIABLE} of the compose file and whether it comes with a default."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return {name: default == ":-" for name, default in re.findall(r"(?<!\$)\$\{([A-Z_]+)(:-|:\?)?", text)}


def in_dotenv() -> set[str]:
    """Return every variable `make env` writes."""
    return set(re.findall(r"^([A-Z_]+)=", dotenv.TEMPLATE, re.MULTILINE))


@pytest.mark.parametrize("name", ["docker-compose.yml", "deploy/compose.test.yml"])
def test_the_file_fits_the_compose_specification(name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", name]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", APPLICATION)
def test_every_variable_of_a_process_is_read_by_the_settings_or_its_start(name: str) -> None:
    assert set(APPLICATION[name]["environment"]) - read_by_settings().keys() - read_by_deploy() == set()


@pytest.mark.parametrize("name", APPLICATION)
def test_every_process_gets_what_production_refuses_to_start_without(name: str) -> None:
    required = {variable for variable, needed in read_by_settings().items() if needed}
    assert required >= {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "CLAMD"}
    assert required - set(APPLICATION[name]["environment"]) == set()


@pytest.mark.parametrize("name", ENGINES)
def test_every_variable_of_an_engine_is_read_by_its_image_or_our_files(name: str) -> None:
    assert set(ENGINES[name].get("environment", {})) - IMAGE_READS[name] - read_by_deploy() == set()


def test_make_env_writes_what_compose_asks_for_and_nothing_else() -> None:
    asked = interpolated()
    assert {name for name, has_default in asked.items() if not has_default} - in_dotenv() == set()
    assert in_dotenv() - asked.keys() == set()


def test_only_the_door_is_published_and_on_loopback_unless_said_otherwise() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"nginx": ["${HTTP_ADDRESS:-127.0.0.1}:${HTTP_PORT:-8080}:8080"]}


def test_engines_have_no_way_out_but_for_signatures_and_the_door_no_way_to_them() -> None:
    assert COMPOSE["networks"]["engines"] == {"internal": True}
    assert {name: ENGINES[name]["networks"] for name in ENGINES} == {
        "postgres": ["engines"],
        "redis": ["engines"],
        "elasticsearch": ["engines"],
        "nginx": ["outside"],
        "clamav": ["engines", "outside"],
    }


def test_the_demonstration_is_off_unless_said_otherwise() -> None:
    assert {service["environment"]["DEMO"] for service in APPLICATION.values()} == {"${DEMO:-0}"}
    assert "\nDEMO=0\n" in dotenv.TEMPLATE


def test_the_images_are_what_the_tests_run_on() -> None:
    assert {name: service["image"] for name, service in ENGINES.items()} == {
        "postgres": f"postgres:{versions.POSTGRESQL}",
        "redis": f"redis:{versions.REDIS}",
        "elasticsearch": f"elasticsearch:{versions.ELASTICSEARCH}",
        "nginx": "nginx:1",
        "clamav": f"clamav/clamav:{versions.CLAMAV}",
    }


def test_whoever_is_waited_for_can_say_that_it_is_ready() -> None:
    for service in SERVICES.values():
        for other, wish in service.get("depends_on", {}).items():
            if wish["condition"] == "service_healthy":
                assert SERVICES[other]["healthcheck"]["test"]
            else:
                assert SERVICES[other]["restart"] == "no"


def test_no_process_starts_before_the_tables_are_there() -> None:
    assert {name for name, service in APPLICATION.items() if "migrate" not in service["depends_on"]} == {"migrate"}


def test_every_command_and_every_mounted_file_exists() -> None:
    prepared = (ROOT / "deploy" / "prepare.sh").read_text(encoding="utf-8")
    words = [line.split()[2] for line in prepared.splitlines() if line.startswith("python manage.py")]
    commands = [service["command"] for service in APPLICATION.values()]
    words += [command[2] for command in commands if command[:2] == ["python", "manage.py"]]
    assert set(words) - set(get_commands()) == set()
    sources = [str(mount).split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    sources += [f"./{word}" for command in commands for word in command if word.startswith("deploy/")]
    assert [source for source in sources if source.startswith("./") and not (ROOT / source).is_file()] == []


def test_secrets_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env*", ".services.json", "data"} <= set(ignored)


def test_the_search_node_is_set_up_with_the_variables_compose_gives_it() -> None:
    asked = set(re.findall(r"\$\{(ES_[A-Z_]+)\}", (ROOT / "deploy" / "elasticsearch.yml").read_text("utf-8")))
    assert asked - set(ENGINES["elasticsearch"]["environment"]) == set()


def test_the_operations_page_explains_every_variable() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in read_by_settings().keys() | in_dotenv() if f"`{name}`" not in page} == set()


def test_the_operations_page_names_every_service() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in SERVICES if f"| {name} |" not in page} == set()
