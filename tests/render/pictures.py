"""What the tests of charts share: books of the example and of hostile names, and a way to see what touches what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from xml.etree import ElementTree as ET

from pmogen.analysis.gaps import find_gaps
from pmogen.analysis.levels import in_the_past, levels_of
from pmogen.analysis.services import choose
from pmogen.analysis.trend import trends_of
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import ChangeLoad, Placement, Plan, Projected, WaveUse, Work
from pmogen.playbook import Playbook
from pmogen.render.book import Book
from pmogen.render.charts import Pictures, charts
from pmogen.render.charts.drawing import Picture
from pmogen.render.charts.lettering import width
from pmogen.render.charts.shapes import Chart
from pmogen.render.links import links_of
from tests.workspaces import ROOT

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&\"'<![CDATA[ ]]> \x08{{ 7 * 7 }} \ufffe --> W"
LONG = "Wide words without any mercy for narrow columns " * 8
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 6
FOREIGN = "プロジェクト管理 Ångström Проектный офис 🚧 " * 3


@cache
def templates() -> dict[str, str | bytes]:
    folder = ROOT / "site_templates"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.svg.j2")}


def drawn(book: Book) -> dict[str, Picture]:
    return dict(Pictures(book, links_of(book)))


def laid_out(book: Book) -> dict[str, Chart]:
    return {name: lay_out() for name, lay_out in charts(book, links_of(book)).items()}


def placed(service: str, waves: list[str], *built: int, frozen: bool = False, pinned: bool = False) -> Placement:
    """A placement that is built in the waves with these numbers and launches in the last of them."""
    work = tuple(Work(waves[number], Fraction(5)) for number in built)
    return Placement(service, waves[built[-1]], work, frozen=frozen, pinned=pinned, why=())


def plan_of(workspace: Workspace) -> Plan:
    """All services in some wave (bars of one to three waves, gaps in the work, live and pinned ones), every band of
    change load, capacity below and over its limits, aspects that rise in some waves and one that never does.
    """
    waves = [wave.id for wave in workspace.roadmap.waves]
    patterns = [(0,), (1,), (1, 2), (2, 3, 4), (1, 3), (4, 5), (5,), (3,)]
    placements = []
    for number, service in enumerate(workspace.catalogue.services):
        built = [wave for wave in patterns[number % len(patterns)] if wave < len(waves)] or [0]
        pinned = number % 5 == 3
        placements.append(placed(service.id, waves, *built, frozen=built == [0], pinned=pinned))
    uses = tuple(
        WaveUse(
            wave, Fraction(50), Fraction(40 * number), Fraction(100), Fraction(number, 2), Fraction(5, 2), Fraction(3)
        )
        for number, wave in enumerate(waves)
    )
    bands = ("calm", "busy", "full", "over")
    loads = tuple(
        ChangeLoad(
            audience.id,
            wave,
            Fraction(number + place),
            Fraction(10),
            (),
            "Works on the line." if (number + place) % 7 == 6 else None,
            bands[(number + place) % 4],
        )
        for number, audience in enumerate(workspace.catalogue.audiences)
        for place, wave in enumerate(waves)
    )
    projected = tuple(
        Projected(
            aspect.id,
            Fraction(3, 2),
            Fraction(3),
            tuple((wave, _level(number, place)) for place, wave in enumerate(waves)),
        )
        for number, aspect in enumerate(workspace.catalogue.aspects)
    )
    return Plan("by hand", tuple(placements), (), uses, loads, projected, Fraction(0))


def _level(number: int, wave: int) -> Fraction:
    return Fraction(3, 2) if number == 0 else Fraction(3, 2) + Fraction(number % 3 * wave, 4)


def book_of(workspace: Workspace) -> Book:
    levels = levels_of(workspace, workspace.current)
    gaps = find_gaps(workspace, levels)
    earlier = tuple((dated.name, in_the_past(levels_of(workspace, dated))) for dated in workspace.assessments[:-1])
    trends = trends_of(workspace, levels, earlier)
    playbook = Playbook(workspace, levels, earlier, gaps, choose(workspace, gaps), plan_of(workspace), trends)
    return Book(playbook, templates())


def renamed(workspace: Workspace, name: str) -> Workspace:
    """The workspace with this name for every aspect, service, dimension, audience, wave, level, role and person."""
    catalogue = workspace.catalogue
    method = catalogue.method
    levels = tuple(level.model_copy(update={"name": name}) for level in method.levels)
    update = {
        kind: tuple(entry.model_copy(update={"name": name}) for entry in getattr(catalogue, kind))
        for kind in ("aspects", "services", "dimensions", "audiences", "roles")
    }
    update["method"] = method.model_copy(update={"levels": levels})
    waves = tuple(wave.model_copy(update={"name": name}) for wave in workspace.roadmap.waves)
    foundation = workspace.foundation
    people = {
        "customers": tuple(entry.model_copy(update={"name": name}) for entry in foundation.customers),
        "stakeholders": tuple(entry.model_copy(update={"role": name}) for entry in foundation.stakeholders),
    }
    return replace(
        workspace,
        catalogue=catalogue.model_copy(update=update),
        roadmap=workspace.roadmap.model_copy(update={"waves": waves}),
        foundation=foundation.model_copy(update=people),
    )


def with_waves(workspace: Workspace, count: int) -> Workspace:
    """The workspace with so many waves, the last ones repeated under new ids where there are too few."""
    have = workspace.roadmap.waves
    waves = [have[number] if number < len(have) else have[-1] for number in range(count)]
    named = tuple(wave.model_copy(update={"id": f"wave-{number}"}) for number, wave in enumerate(waves))
    return replace(workspace, roadmap=workspace.roadmap.model_copy(update={"waves": named}))


# what a picture shows


def marks(svg: str, kind: str) -> list[ET.Element]:
    return [group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("class") == kind]


def words_in(element: ET.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def signs_in(element: ET.Element) -> list[str]:
    return [use.get("href", "").removeprefix("#") for use in element.iter(f"{SVG}use")]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: Box) -> bool:
        apart = (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )
        return not apart

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Seen:
    """An element of a picture where it is shown, and the number of the mark it belongs to."""

    element: ET.Element
    x: float
    y: float
    mark: int


def seen(svg: str) -> Iterator[Seen]:
    """Every shape where it is shown: signs are followed to what they stand for."""
    root = ET.fromstring(svg)
    signs = {group.get("id"): group for group in root.iter(f"{SVG}g") if group.get("id")}

    def follow(group: ET.Element, x: float, y: float, mark: int) -> Iterator[Seen]:
        for each in group:
            if each.tag == f"{SVG}use":
                there = (x + float(each.get("x", "0")), y + float(each.get("y", "0")))
                yield from follow(signs[each.get("href", "").removeprefix("#")], *there, mark)
            else:
                yield Seen(each, x, y, mark)

    for number, group in enumerate(group for group in root if group.tag == f"{SVG}g"):
        yield from follow(group, 0, 0, number)


def text_box(each: Seen, usual: float) -> Box:
    text = each.element
    size, said = float(text.get("font-size", usual)), text.text or ""
    wide = width(said, size, bold=text.get("font-weight") == "700")
    left = each.x + float(text.get("x", "0"))
    left -= {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
    y = each.y + float(text.get("y", "0"))
    return Box(left, y - 0.76 * size, left + wide, y + 0.22 * size, said)


def texts(svg: str) -> list[Box]:
    usual = float(ET.fromstring(svg).get("font-size", "14"))
    found = [text_box(each, usual) for each in seen(svg) if each.element.tag == f"{SVG}text"]
    return [box for box in found if box.what]


def solids(svg: str) -> list[Box]:
    """What words must keep away from: filled shapes and rings; not tints, frames and lines."""
    return [box for each in seen(svg) if (box := _solid(each)) is not None]


def _solid(each: Seen) -> Box | None:
    element = each.element
    numbers = {name: float(element.get(name, "0")) for name in ("x", "y", "cx", "cy", "r", "width", "height")}
    if element.tag == f"{SVG}circle":
        x, y, r = each.x + numbers["cx"], each.y + numbers["cy"], numbers["r"]
        return Box(x - r, y - r, x + r, y + r, "circle")
    filled = element.get("fill") != "none" and "fill-opacity" not in element.attrib
    if element.tag == f"{SVG}rect" and filled and numbers["height"] < 18:  # the box of a letter is higher
        x, y = each.x + numbers["x"], each.y + numbers["y"]
        return Box(x, y, x + numbers["width"], y + numbers["height"], "bar")
    if element.tag == f"{SVG}path" and re.match(r"M-8 0l8 -8", element.get("d", "")):
        return Box(each.x - 8, each.y - 8, each.x + 8, each.y + 8, "launch")
    return None


def frames(svg: str) -> list[tuple[Box, list[Box]]]:
    """Boxes with words in them: the frame, and the words that begin inside it."""
    usual = float(ET.fromstring(svg).get("font-size", "14"))
    shown = list(seen(svg))
    words = [(each.mark, text_box(each, usual)) for each in shown if each.element.tag == f"{SVG}text"]
    found = []
    for each in shown:
        if each.element.tag == f"{SVG}rect" and float(each.element.get("height", "0")) >= 18:
            x, y = (each.x + float(each.element.get("x", "0")), each.y + float(each.element.get("y", "0")))
            frame = Box(
                x, y, x + float(each.element.get("width", "0")), y + float(each.element.get("height", "0")), "frame"
            )
            inside = [box for mark, box in words if mark == each.mark and box.what and frame.meets(box)]
            found.append((frame, inside))
    return found
