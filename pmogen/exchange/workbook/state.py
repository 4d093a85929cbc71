"""The state that a workbook was made from, as a hidden sheet of it remembers it: what each cell said on that day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmogen.errors import PmogenError
from pmogen.exchange.workbook.form import Cells, Form
from pmogen.language import _

SHEET = "pmogen"
"""Name of the hidden sheet."""
MARK = "pmogen-workbook"
FORMAT = "1"
COMPUTED = "="
"""Before the names of columns that people do not fill in."""

_ABOUT = ("language", "assessment", "as_of")


@dataclass(frozen=True)
class State:
    """What the workbook was made from. `base` holds for each form the rows it had, with plain forms by column."""

    language: str
    assessment: str
    as_of: str
    base: Mapping[str, Mapping[str, Cells]] = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all of it."""
        told = [self.language, self.assessment, self.as_of, self.base]
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def base_of(form: Form) -> dict[str, Cells]:
    """What a form says when it is made: every row, and in it what is not empty."""
    found: dict[str, Cells] = {}
    for row in form.rows:
        computed = {COMPUTED + name: told for name, told in row.computed.items() if told}
        found[row.id] = {**form.values.get(row.id, {}), **computed}
    return found


def told_rows(state: State) -> Iterator[tuple[str, ...]]:
    """The rows of the hidden sheet."""
    yield (MARK, FORMAT, state.fingerprint)
    for name in _ABOUT:
        yield (name, str(getattr(state, name)))
    for form, rows in state.base.items():
        yield (form,)
        for identifier, cells in rows.items():
            yield (form, identifier)
            for column, told in cells.items():
                yield (form, identifier, column, told)


def state_from(rows: Iterable[Sequence[Any]], file: str) -> State:
    """The state in the rows of the hidden sheet. Raises `PmogenError` when somebody changed it."""
    hint = _("use the file as `pmogen export workbook` made it; nothing in hidden sheets may change")
    texts = iter(rows)
    first = next(texts, ())
    if tuple(first[:2]) != (MARK, FORMAT):
        raise PmogenError(_("{file} is a workbook of another version of pmogen", file=file), hint)
    about = {name: next(texts, ("", ""))[1] for name in _ABOUT}
    base: dict[str, dict[str, Cells]] = {}
    for row in texts:
        form, identifier, column, told = (*row, "", "", "", "")[:4]
        rows_of_form = base.setdefault(form, {})
        if identifier:
            own = rows_of_form.setdefault(identifier, {})
            if column:
                own[column] = told
    state = State(**about, base=base)
    if state.fingerprint != first[2]:
        raise PmogenError(_("the hidden sheet of {file} was changed, so nothing can be compared", file=file), hint)
    return state
