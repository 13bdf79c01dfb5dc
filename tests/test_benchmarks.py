"""The benchmarks still run. Never their timings: a busy machine would fail the suite for nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

EXPECTED = [
    "saving one answer",
    "a participant's journey, 72 questions",
    "closing and releasing",
    "result page",
    "executive dashboard",
    "report PDFs",
    "due mails",
    "preview of",
]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("ONLY", "DATABASE_URL", "DATA_DIR")}
    command = [sys.executable, "-m", "benchmarks", *options]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def tiny():
    return run("--tiny")


def test_everything_that_has_a_budget_is_measured(tiny):
    assert tiny.returncode == 0, tiny.stderr
    lines = tiny.stdout.splitlines()
    for subject in EXPECTED:
        assert [line for line in lines if line.startswith(subject) or f" {subject}" in line], subject


@pytest.mark.parametrize("counted", ["database queries", "requests for one page", "a participant's journey"])
def test_what_is_counted_and_not_timed_keeps_its_budget_at_any_size(tiny, counted):
    found = [line for line in tiny.stdout.splitlines() if counted in line]
    assert found
    assert all(line.endswith(" ok") for line in found), found


def test_an_unknown_subject_is_refused_with_those_there_are():
    done = run("--only", "speed")

    assert done.returncode == 2
    assert "answers, journey, releases, pages, documents, mails, people" in done.stderr
