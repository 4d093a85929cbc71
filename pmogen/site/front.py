"""What browsers talk to while `pmogen serve` runs: a process of its own that answers them, and sees files change.

It knows nothing of playbooks. For each file it asks the process that started it, and waits; so nothing that it hands out is
older than the last change it told of. Pages get a script that loads them again when there is something newer.
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
import queue
import re
import signal
import socket
import sys
import threading
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.site.watch import watching

HOST = "127.0.0.1"
OURS = "/.pmogen/"
SCRIPT = f"{OURS}live.js"
SINCE = f"{OURS}since/"
PATIENCE_SECONDS = 25.0
"""Browsers are answered after so long even when nothing is newer, and ask again."""

_GRACE_SECONDS = 4.0
_LASTING = re.compile(r"\.[0-9a-f]{8}\.min\.(?:js|css)$")
"""Files of the theme whose names change with their content."""
_KINDS = mimetypes.MimeTypes()
"""The same on every machine, whatever is registered there."""
_TEXTS = {"application/json", "application/javascript", "text/javascript", "application/xml", "image/svg+xml"}

_LIVE = """\
(() => {
  const since = document.currentScript.dataset.since;
  let notice = 0, shown;
  const show = words => {
    shown?.remove();
    if (!words) return;
    shown = document.createElement("div");
    shown.setAttribute("role", "alert");
    shown.textContent = words;
    Object.assign(shown.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: 99, padding: "0.8rem 1.2rem", whiteSpace: "pre-wrap",
      font: "0.8rem/1.5 sans-serif", background: "#b00020", color: "#fff",
    });
    document.body.append(shown);
  };
  const ask = async () => {
    if (document.visibilityState !== "visible") return setTimeout(ask, 500);
    try {
      const answer = await fetch("%s" + since + "/" + notice, { cache: "no-store" });
      if (!answer.ok) throw answer;
      const news = await answer.json();
      if (String(news.since) !== since) return location.reload();
      if (news.notice !== notice) show(news.words);
      notice = news.notice;
      setTimeout(ask, 0);
    } catch { setTimeout(ask, 1000); }
  };
  addEventListener("load", ask);
})();
"""


@dataclass(frozen=True)
class Changed:
    """To the kitchen: a file was changed."""


@dataclass(frozen=True)
class Asked:
    """To the kitchen: somebody wants the file of the site with this path."""

    number: int
    path: str


@dataclass(frozen=True)
class Answer:
    """From the kitchen: a file's content, or where it lies; neither when there is no such file.

    With the status FOUND it is a folder, whose first page is meant.
    """

    content: bytes | None = None
    file: str | None = None
    status: int = HTTPStatus.OK


@dataclass(frozen=True)
class News:
    """From the kitchen: since when answers are as they are, and words to be shown over all pages, with their number."""

    since: int = 0
    notice: int = 0
    words: str = ""


def live_tag(since: int) -> str:
    """What is added to a page so that it is loaded again when there is something newer."""
    return f'<script src="{SCRIPT}" data-since="{since}"></script>'


class Front:
    """The front as the kitchen sees it: what was asked and what changed comes in, answers go out."""

    def __init__(self, root: Path, port: int) -> None:
        self.port = free_port(port)
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=run, args=(theirs, root, self.port), name="pmogen front")
        former = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it begins with that, and Ctrl+C is ours alone
        try:
            self._process.start()
        finally:
            signal.signal(signal.SIGINT, former)
        theirs.close()

    def next(self, patience: float | None) -> Changed | Asked | None:
        """What comes next; None when nothing came for so many seconds. Raises `PmogenError` when the process has ended."""
        try:
            return self._connection.recv() if self._connection.poll(patience) else None
        except (EOFError, OSError) as error:
            raise PmogenError(
                _("the server on port {port} ended by itself", port=self.port), _("start it again")
            ) from error

    def answer(self, number: int, answer: Answer) -> None:
        """Sends what was asked for."""
        self._send((number, answer))

    def tell(self, news: News) -> None:
        """Lets browsers load their pages again when these are newer, and show what is to be said."""
        self._send(news)

    def _send(self, message: object) -> None:
        try:
            self._connection.send(message)
        except OSError:  # it has ended, as `next` will find
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._connection.close()
        self._process.join(_GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def free_port(port: int) -> int:
    """The port, when it is free; 0 asks for any. Raises `PmogenError` when it is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PmogenError(
                _("port {port} cannot be used: {reason}", port=port, reason=error.strerror),
                _("choose another one: {option}", option=f"--port {port + 1}"),
            ) from error
        return int(probe.getsockname()[1])


def run(connection: Connection, root: Path, port: int) -> None:
    """The process: serves and watches until the other end of the connection closes."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C reaches all processes of a terminal; ours is ended by the kitchen
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    desk = _Desk(connection)
    server = _Server((HOST, port), desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with watching(root, lambda: desk.tell(Changed())):
        desk.listen()
    server.shutdown()
    server.server_close()


class _Desk:
    """Passes questions and answers between many browsers and one kitchen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._numbers = count()
        self._waiting: dict[int, queue.SimpleQueue[Answer | None]] = {}
        self._renewed = threading.Condition()
        self._news = News()

    def tell(self, message: object) -> None:
        with self._sending:
            try:
                self._connection.send(message)
            except OSError:
                return

    def ask(self, path: str) -> Answer | None:
        """The answer, however long it takes; None when the kitchen has closed."""
        number = next(self._numbers)
        mine: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._waiting[number] = mine
        self.tell(Asked(number, path))
        return mine.get()

    def beyond(self, since: int, notice: int) -> News:
        """What is new, as soon as anything differs from what is known, or after a while."""
        with self._renewed:
            self._renewed.wait_for(
                lambda: self._news.since and (self._news.since, self._news.notice) != (since, notice), PATIENCE_SECONDS
            )
            return self._news

    def listen(self) -> None:
        """Hands on what the kitchen says, until it closes."""
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            if isinstance(message, News):
                with self._renewed:
                    self._news = message
                    self._renewed.notify_all()
            else:
                number, answer = message
                self._waiting.pop(number).put(answer)
        for mine in list(self._waiting.values()):
            mine.put(None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], desk: _Desk) -> None:
        self.desk = desk
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers close connections as they like: nobody needs to read of it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == SCRIPT:
            self._give(HTTPStatus.OK, "text/javascript", (_LIVE % SINCE).encode())
        elif path.startswith(SINCE):
            since, _slash, notice = path[len(SINCE) :].partition("/")
            news = self.server.desk.beyond(_whole(since), _whole(notice))
            self._give(HTTPStatus.OK, "application/json", json.dumps(asdict(news)).encode())
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815 (the name of the class above)

    def _file(self, path: str) -> None:
        if "\\" in path or "\0" in path:  # a step between folders on Windows, and the end of a name elsewhere
            self._give(HTTPStatus.NOT_FOUND, "text/plain", b"404 Not Found")
            return
        name = posixpath.normpath(f"/{path}").lstrip("/")
        name = f"{name}/index.html".lstrip("/") if path.endswith("/") else name
        answer = self.server.desk.ask(name)
        if answer is None:
            self._give(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", b"")
            return
        if answer.status == HTTPStatus.FOUND:
            self._lead(f"/{quote(name)}/")
            return
        content, status = answer.content, answer.status
        if content is None and answer.file is not None:
            try:
                content = Path(answer.file).read_bytes()
            except OSError:
                content = None
        if content is None:
            content, status = b"404 Not Found", HTTPStatus.NOT_FOUND
        kind = "text/html" if status != HTTPStatus.OK else _KINDS.guess_type(name)[0] or "application/octet-stream"
        self._give(status, kind, content, lasting=status == HTTPStatus.OK and _LASTING.search(name) is not None)

    def _lead(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _give(self, status: int, kind: str, content: bytes, *, lasting: bool = False) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind in _TEXTS
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000, immutable" if lasting else "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name of the class above)
        """Nobody needs to read of each file."""


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
