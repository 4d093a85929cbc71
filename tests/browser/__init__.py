"""What only a browser shows: every type of page is walked in the system's Chromium, driven by Playwright."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from pmogen.site.browser import find_browser

__all__ = ["DESKTOP", "PHONE", "Visit", "find_browser", "served", "visit"]

DESKTOP = (1280, 900)
PHONE = (360, 740)
SUB_PATH = "/of/the/pmo/"
_LOUD = {"error", "assert", "warning"}


@dataclass
class Visit:
    """A page with what happened in it since it was opened."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Shows a page and waits until it is loaded; what happened before is forgotten."""
        self.complaints.clear()
        self.requested.clear()
        self.page.goto(address, wait_until="load")

    def asked_beyond(self, start: str) -> list[str]:
        """Requests whose addresses do not begin so."""
        return [address for address in self.requested if not address.startswith((start, "data:"))]


@contextmanager
def visit(browser: Browser, size: tuple[int, int] = DESKTOP, **options: Any) -> Iterator[Visit]:
    """A fresh visitor, who has no settings stored and whose console and requests are written down."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    try:
        seen = Visit(context.new_page())

        def heard(message: ConsoleMessage) -> None:
            if message.type in _LOUD:
                seen.complaints.append(message.text)

        def failed(request: Request) -> None:
            if request.failure != "net::ERR_ABORTED":  # the page before had not finished
                seen.complaints.append(f"failed: {request.url}")

        seen.page.on("console", heard)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda request: seen.requested.append(request.url))
        seen.page.on("requestfailed", failed)
        yield seen
    finally:
        context.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder below a path, as GitHub Pages does, and says nothing about it."""

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(SUB_PATH.rstrip("/"))
        return super().translate_path(below if below != path else "/no-such-place")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is that of the standard library)
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder over http, in a sub-path of the host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=os.fspath(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
