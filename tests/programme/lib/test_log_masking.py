"""Logs are read by more people than mailboxes: no token of a mailed link stands in them."""

import os
import subprocess
import sys
import urllib.request

import pytest

from programme.lib.log_masking import mask
from tests.real_parts import ROOT, free_port, wait_until

TOKEN = "wEVq1_hWVW7JwXtCwEyEbTw2Ki3H8UHN"  # noqa: S105  of nobody


@pytest.mark.parametrize("way", ["answer", "welcome"])
def test_a_token_is_masked_wherever_its_address_stands(way):
    assert mask(f"GET https://ground.example.org/{way}/{TOKEN}/ 200") == f"GET https://ground.example.org/{way}/…/ 200"


def test_the_web_server_s_own_log_of_requests_masks_them_too(tmp_path):
    port, log = free_port(), tmp_path / "access.log"
    command = ["-m", "gunicorn", "programme.config.wsgi", "--bind", f"127.0.0.1:{port}", "--access-logfile", str(log)]
    server = subprocess.Popen(
        [sys.executable, *command, "--no-control-socket"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "programme.config.settings", "MODE": "development",
             "DATA_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{port}/static/answer/{TOKEN}/?from=/welcome/{TOKEN}/"))
        wait_until(lambda: "/answer/…" in log.read_text())
    finally:
        server.terminate()
        server.wait(20)

    assert TOKEN not in log.read_text()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5)  # noqa: S310  a server of our own
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
