"""What the documents tell is all of what there is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assessments.definitions import Band, Definition, ExtraColumn, Item, Option, Page, ResponseScale, Scale
from programme.config.env import Environment
from programme.demo.people import sign_ins

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("part", [Definition, ResponseScale, Option, Scale, Band, Item, Page, ExtraColumn])
def test_every_field_of_an_instrument_file_is_explained(part):
    told = set(re.findall(r"`(\w+)`", (ROOT / "docs/instrument-files.md").read_text()))

    assert {field.name for field in fields(part)} - told == set()


def test_every_setting_that_production_needs_stands_in_the_readme():
    settings = (ROOT / "programme/config/settings.py").read_text()
    readers = "|".join(name for name in vars(Environment) if not name.startswith("_"))
    names = set(re.findall(rf'env\.(?:{readers})\("([A-Z_]+)"', settings)) - {"MODE", "DEBUG", "OIDC_ID"}

    assert {name for name in names if f"`{name}`" not in (ROOT / "README.md").read_text()} == set()


def test_the_readme_gives_the_sign_ins_of_the_demonstration():
    readme = (ROOT / "README.md").read_text()

    assert [
        line for line in sign_ins().splitlines() if " | ".join(line.replace(":", "", 1).split()) not in readme
    ] == []
