"""`make check`: everything that can be seen without running the product. All checks run; any failure fails."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# What an operator would set; only its shape matters here.
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "not-a-secret-only-long-enough-0123456789-abcdefghijklmnop",
    "SITE_URL": "https://ground.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://localhost:25",
    "MAIL_FROM": "Common Ground <common-ground@example.org>",
}
DEVELOPMENT = {"MODE": "development"}

CHECKS = [
    ("format", ["ruff", "format", "--check", "--quiet", "."], {}),
    ("style", ["ruff", "check", "--quiet", "."], {}),
    ("import floors", ["lint-imports"], {}),
    ("templates", ["djlint", "templates", "--lint", "--quiet"], {}),
    ("models and migrations agree", ["python", "manage.py", "makemigrations", "--check", "--dry-run"], DEVELOPMENT),
    ("deploy settings", ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    (
        "known vulnerabilities",
        ["pip-audit", "-r", "requirements.txt", "--no-deps", "--disable-pip", "--progress-spinner", "off"],
        {},
    ),
]


def main() -> int:
    failed = [name for name, command, environment in CHECKS if not _passes(name, command, environment)]
    sys.stdout.write(f"\nFailed: {', '.join(failed)}\n" if failed else "\nAll checks passed.\n")
    return 1 if failed else 0


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
    said = (done.stdout + done.stderr).strip()
    if name == "known vulnerabilities":
        return _audit_passes(done.returncode, said)
    sys.stdout.write(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}\n")
    if done.returncode:
        sys.stdout.write(said + "\n")
    return done.returncode == 0


def _audit_passes(code: int, said: str) -> bool:
    """pip-audit needs the vulnerability database on the network; without it the check is left out, and says so."""
    out_of_reach = "could not be audited" in said or "ConnectionError" in said or "ServiceError" in said
    if code == 0 or "vulnerabilit" not in said or out_of_reach:
        sys.stdout.write(f"{'left out' if out_of_reach else 'ok    '} known vulnerabilities\n")
        return True
    sys.stdout.write(f"FAILED known vulnerabilities\n{said}\n")
    return False


if __name__ == "__main__":
    sys.exit(main())
