"""Changes of values in YAML files: new texts, and the patch that leads to them.

The texts are spliced: comments, order, quotation marks, line ends and everything else that is not changed stay as they are,
byte by byte. Each new text is read again, and it has to mean exactly what was wanted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pmogen.diagnostics import has_errors
from pmogen.edit.patch import patch_of
from pmogen.edit.splice import Layout, Path, Splice
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Put:
    """The value stands at the path of a file afterwards. A new key takes its place in `order`, else the last one."""

    file: str
    path: Path
    value: Any
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Append:
    """The value is added to the list at the path, which is made where there is none; behind the entry `after`, else last."""

    file: str
    path: Path
    value: Any
    after: int | None = None


@dataclass(frozen=True)
class Delete:
    """What stands at the path is taken out: a key with its value, if it is there, or an entry of a list."""

    file: str
    path: Path


Change = Put | Append | Delete


@dataclass(frozen=True)
class Edited:
    """Files before and after changes; only those that differ. A file that is new was None."""

    old: Mapping[str, bytes | None]
    new: Mapping[str, bytes]

    @property
    def patch(self) -> str:
        """The difference, as `git apply` takes it; empty when nothing changes."""
        return patch_of(self.old, self.new)


def edit(files: Mapping[str, bytes], changes: Iterable[Change]) -> Edited:
    """The files with all changes made, one after the other: paths are those of the moment.

    Values are plain: text, numbers, true and false, None, lists and mappings; a day is text. What stands there already
    is no change. Raises `PmogenError` when a file cannot be read, a path leads nowhere, or the place is written in a way
    that cannot be changed safely.
    """
    new: dict[str, bytes] = {}
    for change in changes:
        raw = new.get(change.file, files.get(change.file, b""))
        new[change.file] = _changed(raw, change)
    differing = {name: content for name, content in new.items() if files.get(name) != content}
    return Edited({name: files.get(name) for name in differing}, differing)


def _changed(raw: bytes, change: Change) -> bytes:
    document = _read(change.file, raw)
    wanted = deepcopy(document.value)
    try:
        wanted = _made(wanted, change)
        if _same(wanted, document.value):
            return raw
        changed = _spliced(raw, _splice(document, change))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise _refused(change, _("there is no such place in the file")) from error
    result, found = parse_yaml_of(change.file, changed)
    if result is None or has_errors(found) or not _same(result.value, wanted):
        raise _refused(change, _("the place is written in an unusual way"))
    return changed


def parse_yaml_of(name: str, raw: bytes) -> tuple[Document | None, tuple[Any, ...]]:
    """The document of a file, None when it is no text, and what is wrong with it."""
    source, wrong = decode(name, raw)
    if source is None:
        return None, wrong
    document, found = parse_yaml(source)
    return document, (*wrong, *found)


def _read(name: str, raw: bytes) -> Document:
    document, found = parse_yaml_of(name, raw)
    if document is None or has_errors(found):
        worst = next(each for each in found if each.severity == "error")
        raise PmogenError(
            _("{place}: {message}, so the file is not changed", place=worst.span, message=worst.message),
            _("mend it first: see `pmogen check`"),
        )
    return document


def _refused(change: Change, why: str) -> PmogenError:
    place = ".".join(map(str, change.path))
    return PmogenError(
        _("{file}: `{place}` cannot be changed: {why}", file=change.file, place=place, why=why),
        _("change it by hand"),
    )


def _splice(document: Document, change: Change) -> Splice:
    layout = Layout(document)
    if isinstance(change, Put):
        return layout.put(change.path, change.value, change.order)
    if isinstance(change, Append):
        return layout.append(change.path, change.value, change.after)
    return layout.delete(change.path)


def _spliced(raw: bytes, splice: Splice) -> bytes:
    """The bytes with a stretch of their text replaced; line ends as most lines of the file have them."""
    bom = raw.startswith(_BOM)
    text = raw.decode("utf-8-sig")
    windows = text.count("\r\n") * 2 > text.count("\n")
    ends = [0]
    for line in text.split("\n")[:-1]:
        ends.append(ends[-1] + line.endswith("\r"))
    plain = text.replace("\r\n", "\n")

    def original(offset: int) -> int:
        return offset + ends[plain.count("\n", 0, offset)]

    new = splice.text.replace("\n", "\r\n") if windows else splice.text
    changed = text[: original(splice.start)] + new + text[original(splice.end) :]
    return (_BOM if bom else b"") + changed.encode("utf-8")


def _made(value: Any, change: Change) -> Any:
    """The value with the change made: what the new text has to mean."""
    *above, last = change.path
    if value is None:
        value = {}
    at = value
    for part, follows in zip(above, change.path[1:], strict=True):
        at = _below(at, part, follows)
    if isinstance(change, Delete) and isinstance(at, dict):
        at.pop(str(last), None)
    elif isinstance(change, Delete):
        del at[last]
    elif isinstance(change, Put):
        at[last] = change.value
    else:
        if isinstance(at, dict) and at.get(str(last)) is None:
            at[last] = []
        place = len(at[last]) if change.after is None else change.after + 1
        at[last].insert(place, change.value)
    return value


def _below(at: Any, part: str | int, follows: str | int) -> Any:
    if isinstance(at, dict) and at.get(str(part)) is None and isinstance(follows, str):
        at[part] = {}
    return at[part]


def _same(one: Any, other: Any) -> bool:
    return _told(one) == _told(other)


def _told(value: Any) -> str:
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: Any) -> Any:
    """Whole numbers without a point, lists as lists."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value == int(value) else value
