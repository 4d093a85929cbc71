"""The Jinja2 environments: whatever a template prints is escaped for Markdown (or XML) unless it is trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from itertools import chain
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from pmogen.analysis.trace import decimal, in_words
from pmogen.errors import PmogenError
from pmogen.language import _, grouped, ngettext, pgettext, spoken
from pmogen.model.terms import word
from pmogen.render.compiled import compiled
from pmogen.render.markdown import Md, cell, day, filled, indented, joined, month, prose
from pmogen.render.templating import MarkdownEnvironment, finalize

HARMLESS_FILTERS = (
    *("abs", "attr", "batch", "count", "default", "dictsort", "first", "groupby", "int", "items", "last", "length"),
    *("list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr"),
    *("slice", "sort", "string", "sum", "unique", "upper"),
)
"""Filters of Jinja2 that cannot turn text into markup; all others are taken away."""


def level(value: Fraction | float | None) -> str:
    """A level with one digit: 2.3; a dash where it is not known."""
    if value is None:
        return _("not known")
    text = decimal(value if isinstance(value, Fraction) else Fraction(value), 1)
    return (text if "." in text else f"{text}.0").replace(".", spoken().point)


def number(value: Fraction | float, digits: int = 1) -> str:
    """A number rounded half up without needless zeros: 1.5, 12."""
    return in_words(value if isinstance(value, Fraction | int) else Fraction(str(value)), digits)


def days(value: Fraction | float) -> str:
    """Person-days in whole days (below ten with one digit): `12 person-days`."""
    shown = number(value, 0 if value >= 10 else 1)
    return ngettext("{days} person-day", "{days} person-days", 1 if shown == "1" else 2, days=shown)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 wave`, `3 waves`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def phrase(text: str) -> str:
    """A sentence as a part of another: without its full stop."""
    return text.strip().removesuffix(".")


def lower_first(text: str) -> str:
    """A sentence as a part of another: its first letter small, unless the word is an acronym or `I`.

    In a language that writes nouns with a capital letter it stays as it is.
    """
    word = text.partition(" ")[0]
    if spoken().nouns_are_capital:
        return text
    return text if word[1:] != word[1:].lower() or word == "I" else text[:1].lower() + text[1:]


def join(values: Iterable[Any], separator: Any = ", ", attribute: str | None = None) -> Md:
    """The values with a separator between them, each escaped; with `attribute` that of each value."""
    return joined((getattr(value, attribute) if attribute else value for value in values), separator)


def listed(values: Iterable[Any], last: str = "and") -> Md:
    """The values as people list them: a, b and c; `last` is "and" or "or" in every language."""
    parts = [Md.escape(value) for value in values]
    joints = (*spoken().joints(len(parts), last), "")
    return Md("".join(chain.from_iterable(zip(parts, joints, strict=False))))


_FILTERS = {
    "cell": cell,
    "date": day,
    "days": days,
    "indented": indented,
    "join": join,
    "level": level,
    "listed": listed,
    "lower_first": lower_first,
    "month": month,
    "number": number,
    "phrase": phrase,
    "plural": plural,
    "prose": prose,
}


def message(text: str, /, **values: Any) -> Md:
    """`{{ _("Due on {day}.", day=due | date) }}`: a message of a page. It may hold Markdown, its values may not."""
    return filled(spoken().said(text), values)


def message_in(context: str, text: str, /, **values: Any) -> Md:
    """`{{ pgettext("state of a question", "open") }}`: the same for a word that means different things."""
    return filled(spoken().said(text, context), values)


def counted(one: str, many: str, count: int, /, **values: Any) -> Md:
    """`{{ ngettext("{count} wave", "{count} waves", waves | length) }}`: the form that goes with the number."""
    return filled(spoken().counted(one, many, count), {"count": grouped(count), **values})


_MESSAGES = {"_": message, "pgettext": message_in, "ngettext": counted, "word": word}


def _loader(templates: Mapping[str, str | bytes]) -> FunctionLoader:
    """Templates from the mapping, never from disk; an error names the template."""

    def found(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = templates.get(name)
        return (text, f"site_templates/{name}", lambda: True) if isinstance(text, str) else None

    return FunctionLoader(found)


def markdown_environment(templates: Mapping[str, str | bytes]) -> Environment:
    """The environment of the pages. `templates` maps names like `pages/home.md.j2` to their text."""
    environment = MarkdownEnvironment(
        loader=_loader(templates),
        bytecode_cache=compiled(),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    harmless = {name: environment.filters[name] for name in HARMLESS_FILTERS}
    environment.filters = {**harmless, **_FILTERS}
    environment.globals.update(_MESSAGES)
    return environment


def svg_environment(templates: Mapping[str, str | bytes]) -> Environment:
    """The environment of the charts: ordinary XML escaping. Names like `charts/roadmap.svg.j2`."""
    environment = Environment(
        loader=_loader(templates),
        bytecode_cache=compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update({"level": level, "number": number, "days": days, "date": day, "plural": plural})
    environment.globals.update({"_": _, "pgettext": pgettext, "ngettext": ngettext})
    return environment


@contextmanager
def template_mistakes(name: str) -> Iterator[None]:
    """Raises what goes wrong in a template as `PmogenError`: a workspace may replace templates, so it can be a user's mistake.

    Besides what Jinja2 complains about, that is what its expressions do (`1 / 0`, `page()`) and templates that include
    themselves without end.
    """
    try:
        yield
    except (TemplateError, ArithmeticError, TypeError, RuntimeError) as error:
        raise _template_mistake(name, error) from error


def _template_mistake(name: str, error: Exception) -> PmogenError:
    """The error for people: which template, which line, what is wrong."""
    hint = _("mend your copy of it, or delete it; if you have none, please report this")
    if isinstance(error, TemplateNotFound):
        text = _("there is no template site_templates/{name} that could be read as text", name=error.message)
        return PmogenError(text, hint)
    place = name
    if isinstance(error, TemplateSyntaxError):
        place = _("{file}, line {line}", file=error.name or name, line=error.lineno)
    told = _("it uses itself without end") if isinstance(error, RecursionError) else str(error)
    if isinstance(error, TemplateError):
        told = error.message or told
    return PmogenError(_("the template site_templates/{place} is wrong: {told}", place=place, told=told), hint)
