"""`make bench`, or `make bench ONLY=answers,mails`; `python -m benchmarks --tiny` only shows that everything runs."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from io import StringIO

import django
from django.core.management import call_command
from django.utils import translation

from benchmarks.figures import HEADINGS, LINE, Figure, Missing
from benchmarks.sizes import FULL, TINY, Sizes

SUBJECTS = ["answers", "journey", "releases", "pages", "documents", "mails", "people"]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="common-ground-bench-") as folder:
        _prepare(folder)
        _say(LINE.format(*HEADINGS).rstrip())
        over = 0
        for figure in _measured(options.only, TINY if options.tiny else FULL):
            _say(figure.line().rstrip())
            over += figure.is_over
    if options.tiny:
        _say("Tiny sizes: everything runs. The ratios mean nothing.")
        return 0
    _say(f"{over} over budget." if over else "All within budget.")
    return 1 if over else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="a few rows of everything, no verdict")
    parser.add_argument("--only", type=_subjects, default=os.environ.get("ONLY", ""), help=", ".join(SUBJECTS))
    return parser.parse_args()


def _subjects(text: str) -> list[str]:
    chosen = [name.strip() for name in text.split(",") if name.strip()] or SUBJECTS
    unknown = set(chosen).difference(SUBJECTS)
    if unknown:
        raise argparse.ArgumentTypeError(
            f"There is no {', '.join(sorted(unknown))}. Choose from {', '.join(SUBJECTS)}."
        )
    return chosen


def _prepare(folder: str) -> None:
    """The product with its own settings on a fresh database file, made by its migrations."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "programme.config.settings",
        "MODE": "development",
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "SITE_URL": "http://localhost:8000",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody is there: nothing is measured through the broker
        "LOG_LEVEL": "ERROR",
    }
    django.setup()
    translation.activate("en-gb")
    for command in ("migrate", "createcachetable", "collectstatic"):
        call_command(command, verbosity=0, **({} if command == "createcachetable" else {"interactive": False}))
    call_command("load_instruments", stdout=StringIO())


def _measured(subjects: list[str], sizes: Sizes) -> Iterator[Figure | Missing]:
    # Each module is loaded once Django is ready.
    for name in subjects:
        yield from import_module(f"benchmarks.{name}").measure(sizes)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
