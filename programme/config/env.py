"""Typed readers of the environment. A bad or missing value is collected and told in one list, never guessed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


class Environment:
    """Reads settings values and remembers every problem until `refuse_on_problems` is called."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(os.environ if values is None else values)
        self.problems: list[str] = []

    def _read(self, name: str, parse: Callable[[str], Any], default: Any, needed: bool) -> Any:
        text = self._text_or_file(name)
        if not text:
            if needed:
                self.problems.append(f"{name} is missing.")
            return default
        try:
            return parse(text)
        except ValueError as problem:
            self.problems.append(f"{name}: {problem}")
            return default

    def _text_or_file(self, name: str) -> str:
        """The value itself, or the content of the file that NAME_FILE points to (for mounted secrets)."""
        path = self.values.get(f"{name}_FILE", "")
        if not path:
            return self.values.get(name, "").strip()
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            self.problems.append(f"{name}_FILE cannot be read: {problem.strerror}.")
            return ""

    def text(self, name: str, default: str = "", *, needed: bool = False) -> str:
        return self._read(name, str, default, needed)

    def choice(self, name: str, options: list[str], default: str) -> str:
        return self._read(name, lambda text: _one_of(text, options), default, needed=False)

    def flag(self, name: str, default: bool) -> bool:
        return self._read(name, _flag, default, needed=False)

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        return self._read(name, lambda text: _number(text, least), default, needed=False)

    def words(self, name: str, default: list[str]) -> list[str]:
        return self._read(name, lambda text: [word.strip() for word in text.split(",") if word.strip()], default, False)

    def site_url(self, name: str, default: str, *, needed: bool = False) -> str:
        return self._read(name, _site_url, default, needed)

    def mail_server(self, name: str, default: str, *, needed: bool = False) -> dict[str, Any]:
        """Django's EMAIL_* settings from one address: smtp://, smtp+tls:// (STARTTLS) or smtps://."""
        return self._read(name, _mail_server, _mail_server(default), needed)

    def refuse_on_problems(self) -> None:
        if self.problems:
            told = "\n".join(f"  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(
                f"Common Ground cannot start with these settings:\n{told}\n"
                "README.md, “Run it for real”, lists every setting. For a look around, type `make demo`."
            )


def _one_of(text: str, options: list[str]) -> str:
    if text not in options:
        raise ValueError(f"“{text}” is not one of {', '.join(options)}.")
    return text


def _flag(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ValueError(f"“{text}” is neither yes nor no.")


def _number(text: str, least: int) -> int:
    if not text.isdigit() or int(text) < least:
        raise ValueError(f"“{text}” is not a whole number of at least {least}.")
    return int(text)


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"“{text}” is not an address such as https://ground.example.org.")
    return text.rstrip("/")


def _mail_server(text: str) -> dict[str, Any]:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ValueError("is not an address such as smtp+tls://user:password@mail.example.org:587.")
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
