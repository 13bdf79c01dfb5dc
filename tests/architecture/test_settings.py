"""Settings come from the environment, and a bad or missing value stops the start in words."""

import os
import subprocess
import sys

import pytest

from tests.check import PRODUCTION, ROOT


def start(command: str = "check", **changes: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], **PRODUCTION, **changes}
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_complete_settings_start():
    assert start().returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MAIL_FROM"])
def test_production_names_what_is_missing(name):
    done = start(**{name: ""})

    assert done.returncode != 0
    assert f"{name} is missing." in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too weak"),
        ("SITE_URL", "http://ground.example.org", "must begin with https://"),
        ("SITE_URL", "ground", "SITE_URL: “ground” is not an address"),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL: is not an address"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("MODE", "prod", "MODE: “prod” is not one of production, demo, development."),
        ("REQUIRE_SECOND_FACTOR", "perhaps", "neither yes nor no"),
        ("TRUSTED_PROXIES", "many", "not a whole number"),
    ],
)
def test_production_refuses_a_bad_value(name, value, words):
    done = start(**{name: value})

    assert done.returncode != 0
    assert words in done.stderr


def test_secrets_may_come_from_files(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(PRODUCTION["SECRET_KEY"] + "\n")

    assert start(SECRET_KEY="", SECRET_KEY_FILE=str(secret)).returncode == 0


def test_the_demonstration_is_not_installed_in_production():
    assert "Unknown command" in start("prepare_demo").stderr
