"""The real servers that tests start: a mail server that keeps what it gets, a broker, a Celery worker."""

import logging
import os
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern_policy
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from aiosmtpd.controller import Controller
from django.db import connection

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every connection

ROOT = Path(__file__).resolve().parent.parent


class MailSink:
    """An SMTP server on a free port; `refuse` maps an address to the answer it gets instead of “250”."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd's name
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        self.messages.append(BytesParser(policy=modern_policy).parsebytes(envelope.content))
        return "250 Kept"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]


def start_celery(part: str, *, broker: str, mail_port: int, data_dir: Path, **environment: str) -> subprocess.Popen:
    """A real `celery worker` or `celery beat` process on the test database."""
    options = {"worker": ["--concurrency", "1", "--without-gossip", "--without-mingle"]}.get(
        part, ["--schedule", str(data_dir / "beat"), "--pidfile", ""]
    )
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "programme", part, "--loglevel", "WARNING", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "programme.config.settings",
            "MODE": "development",
            "DATABASE_URL": test_database_url(),
            "DATA_DIR": str(data_dir),
            "REDIS_URL": broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            **environment,
        },
        start_new_session=True,
    )


def test_database_url() -> str:
    """The address of the database this test runs in."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    server = urlsplit(os.environ["TEST_DATABASE_URL"])
    return urlunsplit(server._replace(path=f"/{values['NAME']}"))


test_database_url.__test__ = False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, *, seconds: float = 20) -> None:
    """Waits for something another process does; fails the test when it does not happen."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
