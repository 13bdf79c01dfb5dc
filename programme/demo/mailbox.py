"""The demonstration's mail: an SMTP server on this machine that keeps every message in a folder."""

import mailbox
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern_policy
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone


@dataclass(frozen=True)
class KeptMail:
    key: str
    to: str
    subject: str
    at: datetime | None
    text: str = ""


class KeepingHandler:
    """Takes every message and writes it to a Maildir, which several processes may read meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = mailbox.Maildir(folder, create=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.folder.add(envelope.content)
        return "250 Kept"


def keep_mail(folder: Path, port: int) -> Controller:
    """Starts the SMTP server in a thread of this process; the caller stops it."""
    controller = Controller(KeepingHandler(folder), hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def kept_mails(folder: Path, *, search: str = "") -> list[KeptMail]:
    """All kept mails whose address or subject contains `search`, newest first."""
    if not folder.exists():
        return []
    box = mailbox.Maildir(folder, create=False)
    found = [_summary(key, _parsed(box.get_bytes(key))) for key in box.keys()]  # noqa: SIM118  a Maildir is no dict
    wanted = search.strip().lower()
    mails = [mail for mail in found if wanted in mail.to.lower() or wanted in mail.subject.lower()]
    return sorted(mails, key=lambda mail: mail.at or timezone.now(), reverse=True)


def kept_mail(folder: Path, key: str) -> KeptMail | None:
    """One kept mail with its text part."""
    try:
        message = _parsed(mailbox.Maildir(folder, create=False).get_bytes(key))
    except (KeyError, mailbox.NoSuchMailboxError):
        return None
    body = message.get_body(("plain",))
    summary = _summary(key, message)
    return KeptMail(summary.key, summary.to, summary.subject, summary.at, body.get_content() if body else "")


def _parsed(content: bytes) -> EmailMessage:
    return BytesParser(policy=modern_policy).parsebytes(content)


def _summary(key: str, message: EmailMessage) -> KeptMail:
    date = message["Date"]
    return KeptMail(key, str(message["To"]), str(message["Subject"]), date.datetime if date else None)
