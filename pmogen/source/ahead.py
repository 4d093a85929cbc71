"""YAML parsed in processes beside, while this one gets ready: for a single run over files that nobody has read before."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial

from pmogen.aside import begun, spare
from pmogen.source.files import Sources
from pmogen.source.marks import Marks, marks_of
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

_LEAST_BYTES = 1_000_000
"""Less is parsed before another process is ready for it."""
_BYTES_EACH = 2_000_000
_MOST = 3


def parsed_ahead(sources: Sources) -> Mapping[str, Document]:
    """The documents of all YAML files without mistakes, by name; none where parsing them beside would take longer.

    Returns at once: whoever first asks for one waits for all.
    """
    names = [name for name in sources.files if name.endswith((".yml", ".yaml"))]
    size = sum(len(sources.files[name]) for name in names)
    count = min(1 + size // _BYTES_EACH, _MOST, spare())
    if size < _LEAST_BYTES or count < 1:
        return {}
    shares = _shares(names, sources, count)
    return _Ahead(sources, tuple(begun(partial(_parsed, share, sources)) for share in shares))


def _shares(names: list[str], sources: Sources, count: int) -> list[list[str]]:
    """The files in so many parts of about the same size."""
    shares: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for name in sorted(names, key=lambda name: -len(sources.files[name])):
        least = sizes.index(min(sizes))
        shares[least].append(name)
        sizes[least] += len(sources.files[name])
    return shares


def _parsed(names: list[str], sources: Sources) -> bytes:
    """Values and places of the files without mistakes, as bytes."""
    told = []
    for name in names:
        source, _wrong = decode(name, sources.files[name])
        document, found = parse_yaml(source) if source else (None, ())
        if document is not None and document.nodes is not None and not found:
            told.append((name, document.value, marks_of(document.nodes).numbers.tobytes()))
    return marshal.dumps(told)


class _Ahead(Mapping[str, Document]):
    def __init__(self, sources: Sources, parts: tuple[Callable[[], bytes | None], ...]) -> None:
        self._sources = sources
        self._parts = parts

    @cached_property
    def _documents(self) -> dict[str, Document]:
        found = {}
        for part in self._parts:
            made = part()
            for name, value, numbers in marshal.loads(made) if made else ():  # noqa: S302 (it is from this program)
                source, _wrong = decode(name, self._sources.files[name])
                if source is not None:
                    found[name] = Document(source, value, None, Marks(array("i", numbers)))
        return found

    def __getitem__(self, name: str) -> Document:
        return self._documents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
