"""The charts of the overview of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pmogen.group.overview import AspectTotal, Joint, Overview, Quarter
from pmogen.language import _, ngettext
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import LETTERS, MARGIN, SMALL, WIDTH, explained, heading, key_row, letters
from pmogen.render.charts.shapes import Box, Chart, Disc, Mark, Shape, Sign, Stroke, across, down
from pmogen.render.environment import days, level

FIRST, STEP = 30, 90
"""Where level 1 stands, and how far apart the levels are."""
RIGHT = WIDTH - MARGIN
MOST = 15
"""Services shown in the chart of joint services; the table has all."""


def charts(overview: Overview) -> Iterator[Chart]:
    """All charts that have something to show."""
    if overview.aspects:
        yield levels_chart(overview.aspects)
        yield sizes_chart(overview.aspects)
    if overview.quarters:
        yield quarters_chart(overview.quarters)
    if overview.joint:
        yield joint_chart(overview.joint[:MOST])


def levels_chart(aspects: tuple[AspectTotal, ...]) -> Chart:
    """The mean of each aspect, its mean target, and each office that agreed to be compared."""
    signs: dict[str, tuple[Shape, ...]] = {
        "office": (Disc(0, 0, 4, "quiet", filled=False, thickness=1.5),),
        "mean": (Disc(0, 0, 6, "work"),),
        "target": (Stroke(down(0, -9, 9), "good", thickness=3),),
    }
    marks = [Mark("key", (heading(_("Levels over the offices")), *_levels_key()))]
    marks.append(Mark("axis", tuple(Words(str(n), _at(n), 72, 13, "middle", bold=True) for n in range(1, 6))))
    y = 78.0
    for total in aspects:
        name = _named(total.name, y)
        y = name[-1].y + 18
        shapes: list[Shape] = [*name, Stroke(across(_at(1), _at(5), y), "line")]
        shapes += [Sign("office", _at(place.gap.current), y) for place in total.places]
        shapes += [Sign("target", _at(total.target), y), Sign("mean", _at(total.today), y)]
        shapes.append(Words(level(total.today), RIGHT, y + 5, 13, "end"))
        said = _("mean today {today}, mean target {target}", today=level(total.today), target=level(total.target))
        marks.append(Mark("row", tuple(shapes), said, f"aspects/{total.aspect}.md"))
        y += 10
    return Chart(
        name="group-levels",
        title=_("Levels over the offices"),
        description=_("Mean level and mean target of each aspect. The table says the same."),
        width=WIDTH,
        height=y + MARGIN,
        marks=tuple(marks),
        signs=signs,
    )


def _levels_key() -> Iterator[Shape]:
    yield from key_row(
        (10, lambda x: (Sign("office", x + 5, 42), explained(_("an office"), x + 16, 42))),
        (120, lambda x: (Sign("mean", x + 6, 42), explained(_("mean of the offices"), x + 18, 42))),
        (290, lambda x: (Sign("target", x + 4, 42), explained(_("mean target"), x + 14, 42))),
    )


def _at(value: Fraction | int) -> float:
    return FIRST + STEP * (float(value) - 1)


def _named(name: str, top: float) -> tuple[Words, ...]:
    return stacked(wrapped(name, RIGHT - MARGIN, 14, lines=2), Words("", MARGIN, top + 18, 14), 17)


def sizes_chart(aspects: tuple[AspectTotal, ...]) -> Chart:
    """How many offices have a gap of which size in each aspect."""
    listed = sorted(aspects, key=lambda total: (-total.sizes["H"], -total.sizes["M"], -total.sizes["L"]))
    most = max(len(total.counted) for total in listed)
    unit = (WIDTH - 2 * MARGIN) / most
    marks = [Mark("key", (heading(_("Gaps over the offices")), *_sizes_key()))]
    y = 62.0
    for total in listed:
        name = _named(total.name, y)
        y = name[-1].y + 8
        bars = tuple(_bars(total, unit, y)) or (Words(_("No gap"), MARGIN, y + 15, SMALL, ink="quiet"),)
        counts = ", ".join(f"{size} {total.sizes[size]}" for size in ("H", "M", "L"))
        said = ngettext("{sizes} of {count} office", "{sizes} of {count} offices", len(total.counted), sizes=counts)
        marks.append(Mark("row", (*name, *bars), said, f"aspects/{total.aspect}.md"))
        y += 24
    return Chart(
        name="group-gaps",
        title=_("Gaps over the offices"),
        description=_(
            "How many offices have a large, a medium or a small gap in each aspect. The table says the same."
        ),
        width=WIDTH,
        height=y + MARGIN,
        marks=tuple(marks),
        signs=letters(),
    )


def _sizes_key() -> Iterator[Shape]:
    words = {"H": _("large gap"), "M": _("medium gap"), "L": _("small gap")}
    yield from key_row(
        *(
            (10 + 150 * place, lambda x, size=size: (Sign(size, x + 12, 44), explained(words[size], x + 30, 44)))
            for place, size in enumerate(LETTERS)
        )
    )


def _bars(total: AspectTotal, unit: float, y: float) -> Iterator[Shape]:
    x = float(MARGIN)
    for size, ink, thickness in (("H", "high", 1.0), ("M", "medium", 2.5), ("L", "low", 1.0)):
        wide = unit * total.sizes[size]
        if not wide:
            continue
        yield Box(x + 1, y, wide - 2, 20, ink, filled=size == "H", thickness=thickness)
        said = f"{size} {total.sizes[size]}"
        if width(said, SMALL, bold=True) < wide - 8:
            yield Words(said, x + wide / 2, y + 15, SMALL, "middle", bold=True, ink="inverse" if size == "H" else ink)
        x += wide


def quarters_chart(quarters: tuple[Quarter, ...]) -> Chart:
    """How many services the waves launch that end in each quarter."""
    most = max(1, *(quarter.launches for quarter in quarters))
    marks = [Mark("key", (heading(_("Launches by quarter")),))]
    y = 34.0
    for quarter in quarters:
        name = quarter_name(quarter)
        wide = (RIGHT - MARGIN - 130) * quarter.launches / most
        launches = ngettext("{count} launch", "{count} launches", quarter.launches)
        shapes: list[Shape] = [Words(name, MARGIN, y + 18, 14)]
        if wide:
            shapes.append(Box(MARGIN + 80, y + 4, wide, 18, "work", filled=True))
        shapes.append(Words(str(quarter.launches), MARGIN + 80 + wide + 8, y + 18, 14, bold=True))
        marks.append(Mark("row", tuple(shapes), launches))
        y += 28
    return Chart(
        name="group-waves",
        title=_("Launches by quarter"),
        description=_("Services that come with the waves that end in a quarter. The table says the same."),
        width=WIDTH,
        height=y + MARGIN,
        marks=tuple(marks),
    )


def quarter_name(quarter: Quarter) -> str:
    """2027 Q1."""
    return _("{year} Q{number}", year=quarter.year, number=quarter.number)


def joint_chart(services: Iterable[Joint]) -> Chart:
    """The effort of each service when every office builds it, and when it is built once for all."""
    listed = tuple(services)
    unit = (RIGHT - MARGIN - 150) / max(1.0, *(float(joint.separate) for joint in listed))
    marks = [Mark("key", (heading(_("Effort: each for itself, and together")), *_joint_key()))]
    y = 54.0
    for joint in listed:
        name = _named(joint.name, y)
        y = name[-1].y + 8
        separate, together = float(joint.separate) * unit, float(joint.joint) * unit
        shapes: tuple[Shape, ...] = (
            *name,
            Box(MARGIN, y, max(separate, 1), 12, "quiet"),
            Words(days(joint.separate), MARGIN + separate + 8, y + 11, SMALL),
            Box(MARGIN, y + 16, max(together, 1), 12, "work", filled=True),
            Words(days(joint.joint), MARGIN + together + 8, y + 27, SMALL, bold=True),
        )
        said = _(
            "{separate} each for itself, {together} together", separate=days(joint.separate), together=days(joint.joint)
        )
        marks.append(Mark("row", shapes, said, f"joint.md#{joint.service}"))
        y += 36
    return Chart(
        name="group-joint",
        title=_("Effort: each for itself, and together"),
        description=_("Services that close medium and large gaps of several offices. The table says the same."),
        width=WIDTH,
        height=y + MARGIN,
        marks=tuple(marks),
    )


def _joint_key() -> Iterator[Shape]:
    yield from key_row(
        (10, lambda x: (Box(x, 36, 22, 12, "quiet"), explained(_("each office for itself"), x + 30, 42))),
        (230, lambda x: (Box(x, 36, 22, 12, "work", filled=True), explained(_("built once for all"), x + 30, 42))),
    )
