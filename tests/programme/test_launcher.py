"""The demonstration in one terminal: starts, refuses a busy port, and Ctrl-C ends every process."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GIVEN_ELSEWHERE = ("MODE", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def launch(tmp_path, port):
    """Starts the launcher as a script's background job: deaf to Ctrl-C unless it listens by itself."""
    started = []

    def start() -> subprocess.Popen:
        environment = {name: value for name, value in os.environ.items() if name not in GIVEN_ELSEWHERE}
        process = subprocess.Popen(
            [sys.executable, "-m", "programme.demo.launcher"],
            cwd=ROOT,
            env={**environment, "PORT": str(port), "DATA_DIR": str(tmp_path / "data")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def processes_of(folder: Path) -> list[str]:
    """Command lines of everything that works in the demonstration's folder or was told of it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                told = f"DATA_DIR={folder}".encode() in (entry / "environ").read_bytes()
                if told or (entry / "cwd").readlink().is_relative_to(folder):
                    found.append((entry / "cmdline").read_text().replace("\0", " "))
            except (OSError, ValueError):
                continue
    return found


def read_until(process: subprocess.Popen, words: str, *, seconds: float = 120) -> str:
    told, deadline = "", time.monotonic() + seconds
    while words not in told and time.monotonic() < deadline:
        line = process.stdout.readline()
        if not line:
            break
        told += line
    return told


@pytest.mark.browser  # once, not on every database: it brings its own
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_demonstration_starts_and_ctrl_c_leaves_nothing_running(launch, tmp_path, port):
    process = launch()
    told = read_until(process, "Ctrl-C ends everything")
    assert f"http://localhost:{port}" in told, told
    with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as answer:
        assert answer.status == 200
    assert len(processes_of(tmp_path / "data")) >= 5

    process.send_signal(signal.SIGINT)

    assert process.wait(40) == 0
    assert processes_of(tmp_path / "data") == []
    assert (tmp_path / "data/common-ground.sqlite3").exists()


def test_busy_port_is_told_with_another_one(launch, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        process = launch()

        told = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert f"Port {port} is busy" in told
    assert f"make demo PORT={port + 1}" in told
