"""Differences of files as a patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

_NOTHING = "/dev/null"
_CONTEXT = 3
_EXACT = 2_000
"""Up to so many lines that differ the shortest way is looked for; beyond, lines that come often are passed over."""


def patch_of(old: Mapping[str, bytes | None], new: Mapping[str, bytes | None]) -> str:
    """What changes from the old to the new files, sorted by name; a file that is None or missing does not exist.

    The files are UTF-8; a byte that is not stands as a sign in its place.
    """
    return "".join(line for name in sorted({*old, *new}) for line in _of_one(name, old.get(name), new.get(name)))


def _of_one(name: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    if old == new:
        return
    before, after = _lines(old), _lines(new)
    tab = "\t" if " " in name else ""  # what git writes there, so that names with blanks are read to their end
    yield f"--- {_NOTHING if old is None else f'a/{name}{tab}'}\n"
    yield f"+++ {_NOTHING if new is None else f'b/{name}{tab}'}\n"
    for group in _matcher(before, after).get_grouped_opcodes(_CONTEXT):
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@\n"
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from _marked(" ", before[i:j])
            else:
                yield from _marked("-", before[i:j])
                yield from _marked("+", after[k:m])


def _lines(content: bytes | None) -> list[str]:
    text = (content or b"").decode("utf-8", "replace")
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _range(start: int, end: int) -> str:
    count = end - start
    return f"{start + 1 if count else start}" + ("" if count == 1 else f",{count}")


def _matcher(before: list[str], after: list[str]) -> SequenceMatcher[str]:
    """Compares what lies between the lines that are the same at the beginning and at the end."""
    head = _same_at_the_beginning(before, after)
    tail = _same_at_the_beginning(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    exact = max(map(len, middle)) <= _EXACT
    codes = [
        (kind, i + head, j + head, k + head, m + head)
        for kind, i, j, k, m in SequenceMatcher(None, *middle, autojunk=not exact).get_opcodes()
    ]
    whole = SequenceMatcher(None, before, after)
    ends = [("equal", len(before) - tail, len(before), len(after) - tail, len(after))]
    whole.opcodes = [("equal", 0, head, 0, head)] * bool(head) + codes + ends * bool(tail)  # type: ignore[attr-defined]
    return whole


def _same_at_the_beginning(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(before), len(after)))
