"""Sends requests as a server would hand them over, and counts what goes through the wire."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler

# What a present-day browser sends with each request, beside cookies.
SENT = {
    "Host": "localhost",
    "Connection": "keep-alive",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en-GB,en-US;q=0.9,en;q=0.8",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "sec-ch-ua": '"Chromium";v="141", "Not?A_Brand";v="8"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
}
# What gunicorn adds to each response.
ADDED = [("Server", "gunicorn"), ("Date", "Mon, 23 Nov 2026 07:00:00 GMT"), ("Connection", "keep-alive")]


@dataclass
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def page(self) -> bytes:
        """The body as the browser unpacks it."""
        return gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")


@dataclass
class Browser:
    """One browser on one site: keeps cookies with their paths, and what it has been sent."""

    site: WSGIHandler
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)  # name: value, path
    received: int = 0
    sent: int = 0
    requests: int = 0

    def get(self, address: str) -> Reply:
        return self.ask("GET", address, b"", {})

    def post(self, address: str, data: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Reply:
        body = urlencode(data, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self.ask("POST", address, body, {**kind, "Origin": "http://localhost", **(headers or {})})

    def ask(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        headers = {**SENT, **headers}
        path = urlsplit(address).path
        sent = "; ".join(f"{name}={value}" for name, (value, under) in self.cookies.items() if path.startswith(under))
        if sent:
            headers["Cookie"] = sent
        reply = hand_over(self.site, environ_of(method, address, body, headers))
        self._keep_cookies(reply)
        self.requests += 1
        self.sent += _size(f"{method} {address} HTTP/1.1", headers.items(), body)
        self.received += _size(f"HTTP/1.1 {reply.status} Reason", [*reply.headers, *ADDED], reply.body)
        return reply

    def _keep_cookies(self, reply: Reply) -> None:
        for name, value in reply.headers:
            if name == "Set-Cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = (morsel.coded_value, morsel["path"] or "/")


def environ_of(method: str, address: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    special = {"Content-Type": "CONTENT_TYPE", "Content-Length": "CONTENT_LENGTH"}
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        **{special.get(name) or f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }


def hand_over(site: WSGIHandler, environ: dict[str, Any]) -> Reply:
    """One request through the whole site, from the server's call to the end of the response."""
    started: list[Any] = []
    response = site(environ, lambda status, headers, exc_info=None: started.extend((status, headers)))
    body = b"".join(response)
    response.close()
    return Reply(int(started[0].split()[0]), started[1], body)


def _size(first_line: str, headers: Any, body: bytes) -> int:
    return len(first_line) + 4 + sum(len(name) + len(value) + 4 for name, value in headers) + len(body)
