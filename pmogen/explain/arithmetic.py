"""Operations on explained values. Each computes the value from its inputs and says how, so that both always agree."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span
from pmogen.explain.tree import MINUS, TIMES, About, Computed, Unit
from pmogen.language import _


def stated(name: str, value: Fraction | int, unit: Unit, span: Span, rule: str, *, how: str = "") -> Computed:
    """A number that somebody wrote."""
    exactly = value if isinstance(value, Fraction) else Fraction(value)
    return Computed(name, exactly, unit.say(exactly), rule, how or _("stated"), spans=(span,))


def said(name: str, text: str, span: Span, rule: str, how: str = "") -> Computed:
    """A word that somebody wrote: a date, a decision, a priority."""
    return Computed(name, None, text, rule, how or _("stated"), spans=(span,))


def judged(name: str, shown: str, rule: str, how: str, inputs: tuple[Computed, ...]) -> Computed:
    """A word that follows from numbers: a size, a rank."""
    return Computed(name, None, shown, rule, how, inputs)


def calculated(name: str, value: Fraction, unit: Unit, rule: str, *, how: str, inputs: Iterable[Computed]) -> Computed:
    """A number by any other rule; `how` says which."""
    return Computed(name, value, unit.say(value), rule, how, tuple(inputs))


def exact_value(part: Computed) -> Fraction:
    """The number of an input. Raises ValueError where there is none."""
    if part.value is None:
        raise ValueError(f"{part.name} is no number")
    return part.value


def _number(part: Computed) -> str:
    return in_words(exact_value(part))


def difference(name: str, first: Computed, second: Computed, unit: Unit, rule: str) -> Computed:
    """The first less the second."""
    value = exact_value(first) - exact_value(second)
    return calculated(
        name, value, unit, rule, how=f"{_number(first)} {MINUS} {_number(second)}", inputs=(first, second)
    )


def added(name: str, parts: Iterable[Computed], unit: Unit, rule: str, nothing: str = "") -> Computed:
    """The sum; `nothing` is said when there are no parts."""
    listed = tuple(parts)
    value = sum((exact_value(part) for part in listed), Fraction(0))
    how = "" if len(listed) == 1 else " + ".join(_number(part) for part in listed) or nothing or _("nothing to add up")
    return calculated(name, value, unit, rule, how=how, inputs=listed)


def multiplied(name: str, parts: Iterable[Computed], unit: Unit, rule: str) -> Computed:
    """The product."""
    listed = tuple(parts)
    value = Fraction(1)
    for part in listed:
        value *= exact_value(part)
    return calculated(name, value, unit, rule, how=f" {TIMES} ".join(_number(part) for part in listed), inputs=listed)


def least(name: str, parts: tuple[Computed, Computed], unit: Unit, rule: str) -> Computed:
    """The smaller of two."""
    one, other = parts
    value = min(exact_value(one), exact_value(other))
    how = _("the smaller of {one} and {other}", one=_number(one), other=_number(other))
    return calculated(name, value, unit, rule, how=how, inputs=parts)


def rounded(whole: Computed, step: Fraction, unit: Unit) -> Computed:
    """The value to the nearest step, half up; the same value when nothing was rounded."""
    value = floor(exact_value(whole) / step + Fraction(1, 2)) * step
    return _stepped(whole, value, unit, _("rounded to {step}", step=in_words(step)))


def cut(whole: Computed, step: Fraction, unit: Unit) -> Computed:
    """The value down to a whole step; the same value when nothing was cut."""
    value = floor(exact_value(whole) / step) * step
    return _stepped(whole, value, unit, _("rounded down to {step}", step=in_words(step)))


def _stepped(whole: Computed, value: Fraction, unit: Unit, how: str) -> Computed:
    if value == whole.value:
        return whole
    return whole._replace(value=value, shown=unit.say(value), how=f"{whole.how}, {how}".removeprefix(", "))


def not_negative(whole: Computed, unit: Unit) -> Computed:
    """The value, or 0 where it is below."""
    if exact_value(whole) >= 0:
        return whole
    how = _("{arithmetic}, never below 0", arithmetic=whole.how)
    return whole._replace(value=Fraction(0), shown=unit.say(Fraction(0)), how=how)


def brief(part: Computed) -> Computed:
    """The same value alone, where it is explained elsewhere in the same tree."""
    return part._replace(inputs=(), spans=(), how="", about=None, why=())


def with_reasons(part: Computed, *why: str | None, spans: tuple[Span, ...] = ()) -> Computed:
    """The same with reasons, those that are missing left out, and with more lines."""
    return part._replace(why=(*part.why, *(reason for reason in why if reason)), spans=(*part.spans, *spans))


def about(part: Computed, kind: str, identifier: str) -> Computed:
    """The same, leading to the explanation of a thing."""
    return part._replace(about=About(kind, identifier))


def share(name: str, value: Fraction, span: Span, rule: str) -> Computed:
    """A part of a whole, shown in per cent."""
    return Computed(name, value, f"{in_words(value * 100)} %", rule, _("stated"), spans=(span,))
