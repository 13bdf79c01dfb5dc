"""What a mail is made of, and how it becomes a MIME message. Knows no models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Message:
    """One mail's content. `calendar` is an iTIP object sent as an alternative part, so that calendars pick it up."""

    subject: str
    text: str
    html: str = ""
    calendar: str = ""
    calendar_method: str = ""


def render(name: str, context: Mapping[str, Any]) -> Message:
    """The message of templates/emails/NAME_subject.txt, NAME_text.txt and, where there is one, NAME.html."""
    context = {"site_url": settings.SITE_URL, **context}
    subject = render_to_string(f"emails/{name}_subject.txt", context)
    text = render_to_string(f"emails/{name}_text.txt", context).strip() + "\n"
    try:
        html = render_to_string(f"emails/{name}.html", context)
    except TemplateDoesNotExist:
        html = ""
    return Message(subject=_one_line(subject), text=text, html=html)


def to_mime(message: Message, *, to: str, message_id: str) -> EmailMultiAlternatives:
    """The mail ready to be sent, with its fixed Message-ID. The subject has no line breaks, whoever wrote it."""
    mail = EmailMultiAlternatives(
        subject=_one_line(message.subject),
        body=message.text,
        to=[to],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return mail


def _one_line(text: str) -> str:
    return " ".join(text.split())
