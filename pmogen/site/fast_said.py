"""What MkDocs says while pages are made in another order than its own, kept until each has its turn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_MKDOCS = logging.getLogger("mkdocs")
_SAYS_ONCE = logging.getLogger("mkdocs.commands.build")
"""Says nothing twice: what is kept only has not been said yet."""


@contextmanager
def listening() -> Iterator[list[list[Any]]]:
    """What MkDocs says is kept, to be said when the page has its turn."""
    said: list[list[Any]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append([record.name, record.levelno, record.getMessage()])

    handlers, filters = _MKDOCS.handlers, _SAYS_ONCE.filters
    _MKDOCS.handlers, _SAYS_ONCE.filters = [Ear()], []
    try:
        yield said
    finally:
        _MKDOCS.handlers, _SAYS_ONCE.filters = handlers, filters


def say(said: list[list[Any]]) -> None:
    """Says it."""
    for name, level, message in said:
        logging.getLogger(name).log(level, message)
