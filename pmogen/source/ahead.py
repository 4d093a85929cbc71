"""YAML parsed before it is asked for: taken from what earlier commands kept, and beside in other processes, while this one gets ready."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from pmogen.aside import begun, spare
from pmogen.source.files import Sources
from pmogen.source.kept_parses import KeptParses, Parse, parse
from pmogen.source.yaml import Document

_LEAST_BYTES = 1_000_000
"""Less is parsed before another process is ready for it."""
_BYTES_EACH = 2_000_000
_MOST = 3


def parsed_ahead(sources: Sources) -> Mapping[str, Document]:
    """The documents of the YAML files without mistakes, by name.

    Returns at once: whoever first asks for one waits for all.
    """
    kept = KeptParses()
    files = {name: raw for name, raw in sources.files.items() if name.endswith((".yml", ".yaml"))}
    known = {name: found for name, raw in files.items() if (found := kept.read(raw)) is not None}
    lacking = {name: raw for name, raw in files.items() if name not in known}
    size = sum(map(len, lacking.values()))
    count = min(1 + size // _BYTES_EACH, _MOST, spare()) if size >= _LEAST_BYTES else 0
    shares = _shares(lacking, count) if count else []
    return _Ahead(files, known, tuple(begun(partial(_packed, share, kept)) for share in shares), kept)


def _shares(files: Mapping[str, bytes], count: int) -> list[dict[str, bytes]]:
    """The files in so many parts of about the same size."""
    shares: list[dict[str, bytes]] = [{} for _ in range(count)]
    sizes = [0] * count
    for name in sorted(files, key=lambda name: -len(files[name])):
        least = sizes.index(min(sizes))
        shares[least][name] = files[name]
        sizes[least] += len(files[name])
    return shares


def _packed(files: Mapping[str, bytes], kept: KeptParses) -> bytes:
    """What the files say, as bytes."""
    return marshal.dumps({name: found.packed if found else None for name, found in _parsed(files, kept)})


def _parsed(files: Mapping[str, bytes], kept: KeptParses) -> Iterator[tuple[str, Parse | None]]:
    """What the files say, which is kept for later; None for those with mistakes."""
    for name, raw in files.items():
        found = parse(name, raw)
        if found is not None:
            kept.write(raw, found)
        yield name, found


@dataclass(frozen=True, eq=False)
class _Ahead(Mapping[str, Document]):
    files: Mapping[str, bytes]
    known: Mapping[str, Parse]
    parts: tuple[Callable[[], bytes | None], ...]
    kept: KeptParses

    @cached_property
    def _documents(self) -> dict[str, Document]:
        told: dict[str, Parse | None] = dict(self.known)
        for part in self.parts:
            made = part()
            if made is not None:
                told |= {
                    name: None if packed is None else Parse(packed)
                    for name, packed in marshal.loads(made).items()  # noqa: S302 (it is from this program)
                }
        lacking = {name: raw for name, raw in self.files.items() if name not in told}
        if lacking:
            told |= _parsed(lacking, self.kept)
        if len(told) > len(self.known):
            self.kept.prune()
        found = ((name, each.document(name, self.files[name])) for name, each in told.items() if each is not None)
        return {name: document for name, document in found if document is not None}

    def __getitem__(self, name: str) -> Document:
        return self._documents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
