"""Due mails through the product, against a plain smtplib loop to the same mail server."""

import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from assessments.mail import example_invitation
from assessments.models.waves import Wave
from benchmarks.figures import Figure
from benchmarks.measuring import side_by_side
from benchmarks.sizes import Sizes
from benchmarks.world import make_open_wave, make_world
from programme.enums import DeliveryState
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.services.deliveries import send_due

BUDGET = 0.7
ROUNDS = 5
PATIENCE = 20  # seconds for the mail server to start


def measure(sizes: Sizes) -> Iterator[Figure]:
    Delivery.objects.all().delete()  # those of other benchmarks would go first
    world = make_world(people=sizes.mails)
    wave = make_open_wave(world, "team_dimensions")
    batch = max(1, sizes.mails // ROUNDS)
    people = [world.people[start : start + batch] for start in range(0, sizes.mails, batch)]
    rounds = len(people)
    with mail_server() as port, override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        took, least = side_by_side(
            lambda: send_due(at=timezone.now(), limit=batch),
            lambda: _plain_loop(port, wave, people.pop()),
            rounds=rounds,
            clock=time.perf_counter,
        )
    _check_sent(wave, sizes.mails)
    yield Figure(f"{sizes.mails:,} due mails", "/s", batch / took, BUDGET, batch / least, at_least=True)


@contextmanager
def mail_server() -> Iterator[int]:
    """A real SMTP server in a process of its own, which keeps nothing; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command)  # noqa: S603  our own command line
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _plain_loop(port: int, wave: Wave, people: Sequence[Member]) -> None:
    """What a script would do: one connection, one mail after the other, with the same words in it."""
    message = example_invitation(wave, people[0])
    with smtplib.SMTP("127.0.0.1", port) as server:
        for member in people:
            mail = EmailMessage()
            mail["Subject"], mail["From"], mail["To"] = message.subject, settings.DEFAULT_FROM_EMAIL, member.user.email
            mail.set_content(message.text)
            if message.html:
                mail.add_alternative(message.html, subtype="html")
            server.send_message(mail)


def _check_sent(wave: Wave, mails: int) -> None:
    sent = Delivery.objects.filter(programme=wave.programme_id, state=DeliveryState.SENT).count()
    if sent != mails:
        raise RuntimeError(f"{sent} mails were sent, not {mails}.")
