"""Every table of playbook.json as rows and columns, made from its declaration: names of fields are headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from pmogen.errors import PmogenError
from pmogen.exchange.package import zipped
from pmogen.exchange.plain import harmless, plain
from pmogen.exchange.records import Document
from pmogen.exchange.told import Told
from pmogen.language import _

BETWEEN = " | "
"""What stands between the entries of a list in a cell."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""

_KEYS: Mapping[str, tuple[str, ...]] = {"LoadRecord": ("audience", "wave")}
"""Fields that tell the records of a table apart; for the others `id`, else the first field."""
_NOT_TABLES = ("method",)
_WITHIN = {"reached": "no_limits_reached"}
"""Names of lists whose own name does not say what they are."""
_NAMED = {
    "aspect": "aspects",
    "audience": "audiences",
    "customer": "customers",
    "dimension": "dimensions",
    "entity": "entities",
    "group": "audiences",
    "service": "services",
    "wave": "waves",
}
"""Columns of ids, with the table that has their names: these stand beside them."""


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its headings, and its rows of plain values."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def sheets_of(told: Told) -> tuple[Sheet, ...]:
    """All tables, those within records after the table of these."""
    sheets = _sheets(Document, told.plainly)
    return tuple(_with_names(sheet, told) for sheet in sheets)


def csv_text(sheet: Sheet) -> str:
    """The table as CSV: UTF-8 with its mark, commas, CRLF; nothing in it is a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow([harmless(plain(value)) if isinstance(value, str) else value for value in row])
    return BYTE_ORDER_MARK + target.getvalue()


def tables_zip(told: Told) -> bytes:
    """All tables as CSV in one archive; the same playbook gives the same bytes."""
    return zipped({f"{sheet.name}.csv": csv_text(sheet).encode() for sheet in sheets_of(told)}, told.as_of)


def table_csv(told: Told, name: str) -> bytes:
    """One table as CSV. Raises `PmogenError` when there is none of this name."""
    found = {sheet.name: sheet for sheet in sheets_of(told)}
    if name not in found:
        raise PmogenError(_("there is no table {name}", name=name), _("there are: {names}", names=", ".join(found)))
    return csv_text(found[name]).encode()


def _name(told: Told, kind: str, identifier: str) -> str:
    """What people call the record with this id; nothing where there is no id."""
    special = {"customers": told.customer, "entities": told.entity, "waves": told.wave}
    if not identifier:
        return ""
    return special[kind](identifier) if kind in special else told.name(kind, identifier)


def _with_names(sheet: Sheet, told: Told) -> Sheet:
    """The table with a column of names beside each column of ids."""
    kinds = tuple(_NAMED.get(heading) for heading in sheet.headings)
    headings = tuple(
        part
        for heading, kind in zip(sheet.headings, kinds, strict=True)
        for part in ((heading, f"{heading}_name") if kind else (heading,))
    )
    rows = tuple(
        tuple(
            part
            for value, kind in zip(row, kinds, strict=True)
            for part in ((value, _name(told, kind, value)) if kind else (value,))
        )
        for row in sheet.rows
    )
    return Sheet(sheet.name, headings, rows)


def _sheets(document: type[BaseModel], data: Mapping[str, Any]) -> Iterator[Sheet]:
    for name, field in document.model_fields.items():
        if name in _NOT_TABLES:
            continue
        model = _model_in(field.annotation)
        if model is None:
            continue
        if not _is_list_of_records(document, name):
            yield from _single(name, model, data[name])
        else:
            yield from _listed(name, model, data[name], ())


def _single(name: str, model: type[BaseModel], record: Mapping[str, Any] | None) -> Iterator[Sheet]:
    """A record that stands alone: one row of its plain fields, and the lists within it."""
    flat = tuple(_flat_fields(model))
    rows = () if record is None else (tuple(_value(record, path) for path in flat),)
    yield Sheet(name, tuple("_".join(path) for path in flat), rows)
    for path, part in _lists(model):
        yield from _listed(_WITHIN.get(path[-1], path[-1]), part, _value(record, path) or (), ())


def _listed(
    name: str, model: type[BaseModel], records: Iterable[Mapping[str, Any]], above: tuple[str, ...]
) -> Iterator[Sheet]:
    """A list of records, each with the keys of what it stands in; then the lists within them."""
    records = tuple(records)
    flat = tuple(_flat_fields(model))
    rows = tuple(
        (*(record["^" + key] for key in above), *(_value(record, path) for path in flat)) for record in records
    )
    yield Sheet(name, (*above, *("_".join(path) for path in flat)), rows)
    keys = _KEYS.get(model.__name__) or (("id",) if "id" in model.model_fields else (next(iter(model.model_fields)),))
    headings = (*above, *(_singular(name) if key == "id" else key for key in keys))
    for field, part in _lists(model):
        inner = [
            {**entry, **_keys_of(record, above, keys, headings)}
            for record in records
            for entry in (_value(record, field) or ())
        ]
        yield from _listed(f"{_singular(name)}_{field[-1]}", part, inner, headings)


def _keys_of(
    record: Mapping[str, Any], above: tuple[str, ...], keys: tuple[str, ...], headings: tuple[str, ...]
) -> dict[str, Any]:
    values = (*(record["^" + key] for key in above), *(record[key] for key in keys))
    return {"^" + heading: value for heading, value in zip(headings, values, strict=True)}


def _flat_fields(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of the fields that become columns; those of a record within a record are columns of their own."""
    for name, field in model.model_fields.items():
        part = _model_in(field.annotation)
        if part is None:
            yield (*before, name)
        elif not _is_list_of_records(model, name):
            yield from _flat_fields(part, (*before, name))


def _lists(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """Paths of the lists of records within a record."""
    for name, field in model.model_fields.items():
        part = _model_in(field.annotation)
        if part is None:
            continue
        if _is_list_of_records(model, name):
            yield (*before, name), part
        else:
            yield from _lists(part, (*before, name))


def _value(record: Mapping[str, Any] | None, path: tuple[str, ...]) -> Any:
    for name in path:
        if record is None:
            return ""
        record = record[name]
    return _cell(record) if not _holds_records(record) else record


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return BETWEEN.join(BETWEEN.join(entry) if isinstance(entry, list) else str(entry) for entry in value)
    return value


def _is_list_of_records(model: type[BaseModel], name: str) -> bool:
    annotation = model.model_fields[name].annotation
    return _model_in(annotation) is not None and "tuple[" in str(annotation)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The record that a type is, or holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)


def _singular(name: str) -> str:
    """What one record of a table is called: that is its key in tables within it.

    >>> _singular("customers"), _singular("losses"), _singular("assessment_aspects")
    ('customer', 'loss', 'aspect')
    """
    last = name.rsplit("_", 1)[-1]
    return {"losses": "loss", "services": "service"}.get(last, last.removesuffix("s"))
