"""Serves the playbook on this computer: pages are made when they are looked at, and made anew after each change.

One process, this one, reads the workspace and makes pages; another one talks to browsers and watches files (`front`);
a third makes the whole site now and then (`behind`), for the search and for pages that say something about all others.
Whatever is handed out is of the newest state that has no errors, or waits for it.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Protocol

from pmogen.language import speaking
from pmogen.site.behind import Behind
from pmogen.site.builder import Part, parts_of
from pmogen.site.finish import NOT_FOUND, finished_page
from pmogen.site.front import HOST, Answer, Asked, Changed, Front, News, live_tag
from pmogen.site.on_demand import Draft, OnDemand, Workshop

QUIET_SECONDS = 0.06
"""Editors save in several steps: read again when nothing has happened for this long."""
LOOK_SECONDS = 0.25
"""How often to see whether the whole site is complete; it is begun when nobody asks for anything for this long."""
_REST_SECONDS = 1.0


class Stopped(BaseException):
    """Ctrl+C, or a polite request to end: no error, so nothing that catches errors may catch it."""


class State(Protocol):
    """A workspace as it was at one time, without errors."""

    @property
    def fingerprint(self) -> str:
        """Of all files that it was made from."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of its pages, the main one first."""
        ...

    @property
    def day(self) -> str:
        """The day that pages may show as their own, as builders need it."""
        ...

    def draft(self, language: str) -> Draft:
        """Its pages in a language; that language is spoken."""
        ...


class Desk(Protocol):
    """Who reads the workspace, and is told how it goes."""

    def read(self) -> State | str:
        """The workspace now; what to show over its pages when it has errors."""
        ...

    def served(self, address: str) -> None:
        """Pages can be looked at from now on."""
        ...

    def wrong(self, error: Exception) -> None:
        """Something cannot be made."""
        ...


def serve(root: Path, port: int, desk: Desk, aside: Sequence[str]) -> None:
    """Serves on 127.0.0.1 until stopped, and reads the workspace again after each change.

    While it has errors the last good pages stay. `aside` is a command that makes the whole site in a folder, its last argument.
    Returns on Ctrl+C and SIGTERM, with all processes ended. Raises `PmogenError` when the port is taken.
    """
    folder = Path(tempfile.mkdtemp(prefix="pmogen_"))
    try:
        with _stoppable(), Front(root.resolve(), port) as front, Behind(aside, folder) as behind:
            kitchen = _Kitchen(root.resolve(), folder, front, behind, desk)
            kitchen.renew()
            kitchen.work()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Kitchen:
    """Makes what is asked for."""

    def __init__(self, root: Path, folder: Path, front: Front, behind: Behind, desk: Desk) -> None:
        self._root = root
        self._folder = folder
        self._front = front
        self._behind = behind
        self._desk = desk
        self._state: State | None = None
        self._news = News()
        self._one_by_one = False
        self._workshops: dict[Part, Workshop] = {}
        self._trees: dict[Part, OnDemand] = {}
        self._whole = ""
        self._whole_wanted = False
        self._waiting: list[Asked] = []

    def work(self) -> None:
        """Does what comes next, for ever."""
        rested = False
        while True:
            message = self._front.next(self._patience(rested=rested))
            if isinstance(message, Changed):
                self._whole_wanted |= self._behind.stop()  # what it makes is old, most likely, and takes all cores
                self._until_quiet()
                self.renew()
                rested = False
            elif isinstance(message, Asked):
                self._answer(message)
            elif not self._behind.busy and not self._whole_wanted:
                self._behind.tidy()
                gc.collect()  # what earlier states held, while nobody waits
                rested = True
            if self._whole_wanted and (message is None or self._waiting):
                self._whole_wanted = False
                self._behind.start()
            self._look_behind()

    def _patience(self, *, rested: bool) -> float | None:
        if self._behind.busy or self._whole_wanted:
            return LOOK_SECONDS
        return None if rested else _REST_SECONDS

    def _until_quiet(self) -> None:
        while (message := self._front.next(QUIET_SECONDS)) is not None:
            if isinstance(message, Asked):
                self._waiting.append(message)

    def renew(self) -> None:
        """Reads the workspace again; browsers load their pages again when it can be shown."""
        state = self._desk.read()
        self._say(state if isinstance(state, str) else "")
        if not isinstance(state, str):
            if self._state is None or state.fingerprint != self._state.fingerprint:
                self._take(state)
            elif self._whole != state.fingerprint:  # a mistake came and went, and ended what was being made
                self._whole_wanted = True
        self._answer_waiting()

    def _say(self, words: str) -> None:
        """Shows words over all pages, or takes them away."""
        if words != self._news.words:
            self._news = replace(self._news, notice=self._news.notice + 1, words=words)
            self._front.tell(self._news)

    def _take(self, state: State) -> None:
        """From now on pages are those of this state, unless MkDocs refuses its configuration."""
        os.environ["SOURCE_DATE_EPOCH"] = state.day
        main = parts_of(state.languages)[0]
        try:
            tree = self._tree(state, main)
        except Exception as error:  # noqa: BLE001 (a server that people work with does not fall over)
            self._desk.wrong(error)
            self._say(str(error))
            return
        self._state, self._trees, self._one_by_one = state, {main: tree}, not tree.why_not
        self._whole_wanted = True
        if self._one_by_one:
            self._show()

    def _tree(self, state: State, part: Part) -> OnDemand:
        workshop = self._workshops.get(part)
        if workshop is None:
            workshop = self._workshops[part] = Workshop(self._root, self._folder / f"tree-{len(self._workshops)}")
        with speaking(part.language):
            return workshop.on_demand(state.draft(part.language))

    def _show(self) -> None:
        if not self._news.since:
            self._desk.served(f"http://{HOST}:{self._front.port}/")
        self._news = replace(self._news, since=max(self._news.since + 1, time.time_ns() // 1_000_000))
        self._front.tell(self._news)

    def _look_behind(self) -> None:
        """Takes over the whole site when it is complete; makes it again when it is not of the state that is shown."""
        made_from = self._behind.finished()
        if made_from is None or self._state is None:
            return
        if made_from:
            self._whole = made_from
            if made_from != self._state.fingerprint:
                self._whole_wanted = True
            elif not self._one_by_one:
                self._show()
        self._answer_waiting()

    def _answer_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for asked in waiting:
            self._answer(asked)

    def _answer(self, asked: Asked) -> None:
        """Sends the file, or has it wait until it can be made."""
        try:
            answer = None if self._state is None else self._made(self._state, asked.path)
        except Exception as error:  # noqa: BLE001 (a server that people work with does not fall over)
            self._desk.wrong(error)
            told = f"<!doctype html><title>500</title><pre>{escape(str(error))}</pre>{live_tag(self._news.since)}"
            answer = Answer(told.encode(), status=HTTPStatus.INTERNAL_SERVER_ERROR)
        if answer is None:
            self._waiting.append(asked)
        else:
            self._front.answer(asked.number, answer)

    def _made(self, state: State, path: str) -> Answer | None:
        """The file; None as long as it cannot be made."""
        if self._one_by_one:
            part, address = _place(state.languages, path)
            if part not in self._trees:
                self._trees[part] = self._tree(state, part)
            with speaking(part.language):
                made = self._trees[part].answer(address)
            if isinstance(made, bytes):
                return Answer(self._page(state, path, made) if path.endswith(".html") else made)
            if made is not None:
                return Answer(file=str(made))
            if self._trees[part].is_folder(address):
                return Answer(status=HTTPStatus.FOUND)
            if not self._trees[part].needs_all(address):
                return Answer()
        return self._of_whole(state, path)

    def _of_whole(self, state: State, path: str) -> Answer | None:
        """The file in the complete site; None while that is being made."""
        now = self._whole == state.fingerprint
        if not now and (self._behind.busy or self._whole_wanted):
            return None
        if self._behind.site is None or (self._one_by_one and not now):
            return Answer()
        found = self._behind.site / path
        if found.is_dir():
            return Answer(status=HTTPStatus.FOUND)
        if not found.is_file():
            missing = self._behind.site / NOT_FOUND
            page = missing.read_bytes() if missing.is_file() else None
            return Answer(page, status=HTTPStatus.NOT_FOUND)
        if path.endswith(".html"):
            return Answer(self._live(found.read_text("utf-8")))
        return Answer(file=str(found))

    def _page(self, state: State, path: str, made: bytes) -> bytes:
        return self._live(finished_page(made.decode("utf-8"), path, state.languages))

    def _live(self, page: str) -> bytes:
        begin, end, rest = page.rpartition("</body>")
        return f"{begin}{live_tag(self._news.since)}{end}{rest}".encode()


def _place(languages: tuple[str, ...], path: str) -> tuple[Part, str]:
    """Whose pages a path of the site is among, and its address there."""
    main, *others = parts_of(languages)
    first, _slash, rest = path.partition("/")
    return next(((part, rest or "index.html") for part in others if part.below == first), (main, path))


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGINT and SIGTERM raise `Stopped`, and the signals' former meaning comes back afterwards."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)  # ending takes a moment and must not be interrupted
        raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM)
    former = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    except Stopped:
        return
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
