"""The pictures: complete, well-formed, legible in every palette, with nothing on top of anything else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from pmogen.analysis.gaps import find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.services import choose
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Placement, Plan, Work
from pmogen.playbook import Playbook
from pmogen.render.book import Book
from pmogen.render.charts import gap_dumbbell, roadmap_picture
from pmogen.render.charts.drawing import DARK, LIGHT, PAGES, PAPER, STRIPE, pixels
from pmogen.render.charts.lettering import width, wrapped
from pmogen.render.charts.roadmap import dates, dimension_of
from tests.workspaces import ROOT, example

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [gap_dumbbell, roadmap_picture]
HOSTILE = "</text><script>alert(1)</script>&\"'<![CDATA[ ]]> \x08{{ 7 * 7 }} \ufffe --> W"
LONG = "Wide words without any mercy for narrow columns " * 8
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 6
FOREIGN = "プロジェクト管理 Ångström Проектный офис 🚧 " * 3


def templates() -> dict[str, str | bytes]:
    folder = ROOT / "site_templates"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.svg.j2")}


def placed(service: str, waves: list[str], *built: int, frozen: bool = False, pinned: bool = False) -> Placement:
    """A placement that is built in the waves with these numbers and launches in the last of them."""
    work = tuple(Work(waves[number], Fraction(5)) for number in built)
    return Placement(service, waves[built[-1]], work, frozen=frozen, pinned=pinned, why=())


def plan_of(workspace: Workspace) -> Plan:
    """All services in some wave: bars of one to three waves, gaps in the work, live and pinned ones."""
    waves = [wave.id for wave in workspace.roadmap.waves]
    patterns = [(0,), (1,), (1, 2), (2, 3, 4), (1, 3), (4, 5), (5,), (3,)]
    placements = []
    for number, service in enumerate(workspace.catalogue.services):
        built = [wave for wave in patterns[number % len(patterns)] if wave < len(waves)] or [0]
        pinned = number % 5 == 3
        placements.append(placed(service.id, waves, *built, frozen=built == [0], pinned=pinned))
    return Plan("by hand", tuple(placements), (), (), (), (), Fraction(0))


def book_of(workspace: Workspace) -> Book:
    levels = levels_of(workspace, workspace.current)
    gaps = find_gaps(workspace, levels)
    playbook = Playbook(workspace, levels, (), gaps, choose(workspace, gaps), plan_of(workspace))
    return Book(playbook, templates())


def renamed(workspace: Workspace, name: str) -> Workspace:
    """The workspace with this name for every aspect, service, dimension, wave and level."""
    catalogue = workspace.catalogue
    method = catalogue.method
    levels = tuple(level.model_copy(update={"name": name}) for level in method.levels)
    update = {
        kind: tuple(entry.model_copy(update={"name": name}) for entry in getattr(catalogue, kind))
        for kind in ("aspects", "services", "dimensions")
    }
    update["method"] = method.model_copy(update={"levels": levels})
    waves = tuple(wave.model_copy(update={"name": name}) for wave in workspace.roadmap.waves)
    roadmap = workspace.roadmap.model_copy(update={"waves": waves})
    return replace(workspace, catalogue=catalogue.model_copy(update=update), roadmap=roadmap)


def with_waves(workspace: Workspace, count: int) -> Workspace:
    """The workspace with so many waves, the last ones repeated under new ids where there are too few."""
    have = workspace.roadmap.waves
    waves = [have[number] if number < len(have) else have[-1] for number in range(count)]
    named = tuple(wave.model_copy(update={"id": f"wave-{number}"}) for number, wave in enumerate(waves))
    return replace(workspace, roadmap=workspace.roadmap.model_copy(update={"waves": named}))


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return example()


@pytest.fixture(scope="module")
def book(workspace) -> Book:
    return book_of(workspace)


BOOKS = {
    "example": lambda workspace: workspace,
    "hostile": lambda workspace: renamed(workspace, HOSTILE),
    "long": lambda workspace: renamed(workspace, LONG),
    "unbroken": lambda workspace: renamed(workspace, UNBROKEN),
    "foreign": lambda workspace: renamed(workspace, FOREIGN),
    "blank": lambda workspace: renamed(workspace, " "),
    "one wave": lambda workspace: with_waves(workspace, 1),
    "two waves": lambda workspace: with_waves(workspace, 2),
    "fourteen waves": lambda workspace: with_waves(workspace, 14),
}


@pytest.fixture(scope="module", params=list(BOOKS))
def any_book(request, workspace) -> Book:
    return book_of(BOOKS[request.param](workspace))


def parts(picture: str, kind: str) -> list[ET.Element]:
    return [group for group in ET.fromstring(picture).iter(f"{SVG}g") if group.get("class") == kind]


def words_in(element: ET.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


# What the pictures show


def test_the_gap_chart_has_one_row_per_assessed_aspect_in_the_order_of_the_register(book):
    titles = [row.findtext(f"{SVG}title") for row in parts(gap_dumbbell(book), "row")]
    names = [book.name("aspects", gap.aspect) for gap in book.playbook.gaps]
    assert len(titles) == len(book.playbook.levels)
    assert [re.sub(r"^\d+\. |: today.*$", "", title) for title in titles] == names


def test_a_gap_shows_its_figures_and_both_letters(book):
    first = parts(gap_dumbbell(book), "row")[0]
    assert words_in(first) == ["1. Status reporting and visibility", "1.7 → 4.0", "H", "H"]


def test_a_strength_is_marked_with_a_word_and_has_no_letters(book):
    strengths = [gap for gap in book.playbook.gaps if gap.kind == "strength"]
    rows = parts(gap_dumbbell(book), "row")[-len(strengths) :]
    assert strengths
    assert all(words_in(row)[1] == "strength" and len(words_in(row)) == 3 for row in rows)


def test_dots_stand_where_the_levels_are(book):
    row = parts(gap_dumbbell(book), "row")[0]
    target, today = (float(dot.get("cx")) for dot in row.iter(f"{SVG}circle"))
    one, two = (41 + 76 * (level - 1) for level in (Fraction(5, 3), 4))
    assert (today, target) == (pytest.approx(float(one), abs=0.05), pytest.approx(two))


def test_an_aspect_that_nobody_could_answer_has_a_row_without_today(book):
    first, *others = book.playbook.levels
    silent = replace(first, current=None)
    gaps = tuple(gap for gap in book.playbook.gaps if gap.aspect != first.aspect)
    changed = Book(replace(book.playbook, levels=(silent, *others), gaps=gaps), book.templates)
    row = parts(gap_dumbbell(changed), "row")[-1]
    assert "no answer" in words_in(row)
    assert len(list(row.iter(f"{SVG}circle"))) == 1


def test_the_roadmap_has_one_bar_per_placement(book):
    bars = parts(roadmap_picture(book), "bar")
    assert len(bars) == len(book.plan.placements)


def test_bars_are_grouped_by_the_dimension_of_the_first_primary_aspect(book):
    titles = [bar.findtext(f"{SVG}title") for bar in parts(roadmap_picture(book), "bar")]
    expected = {
        dimension.name: sum(
            dimension_of(book, book.service(each.service)) == dimension.id for each in book.plan.placements
        )
        for dimension in book.catalogue.dimensions
    }
    shown = words_in(ET.fromstring(roadmap_picture(book)))
    assert [name for name in shown if name in expected] == [name for name, count in expected.items() if count]
    assert len(titles) == sum(expected.values())


def test_a_bar_covers_the_waves_with_work_and_ends_in_its_launch_wave(book):
    """Work in waves 2 and 4: two pieces, a thin line over wave 3, the launch mark at the end of wave 4."""
    service = book.catalogue.services[4].id
    assert [work.wave for work in book.placement(service).work] == ["2026-q4", "2027-q2"]
    bar = next(
        each
        for each in parts(roadmap_picture(book), "bar")
        if each.findtext(f"{SVG}title").startswith(f"{book.service(service).name}: ")
    )
    each = 464 / 6
    pieces = [(float(rect.get("x")), float(rect.get("width"))) for rect in bar.iter(f"{SVG}rect")]
    mark = float(re.match(r"M([\d.]+)", bar.find(f"{SVG}path").get("d"))[1]) + 8
    assert len(pieces) == 2
    assert [x // each for x, _ in pieces] == [1, 3]
    assert 8 + 3 * each < mark < 8 + 4 * each
    assert bar.find(f"{SVG}line") is not None


def test_live_and_pinned_services_say_so_in_words_and_look_different(book):
    for bar in parts(roadmap_picture(book), "bar"):
        title, shown = bar.findtext(f"{SVG}title"), " ".join(words_in(bar))
        dashed = [rect.get("stroke-dasharray") is not None for rect in bar.iter(f"{SVG}rect")]
        assert ("live" in title.split(", ")) == all(dashed) == bool(re.search(r"\(live", shown))
        assert ("pinned" in title.split(", ")) == (bar.find(f"{SVG}circle") is not None) == ("pinned)" in shown)


def test_waves_have_name_dates_and_status(book):
    shown = " ".join(words_in(ET.fromstring(roadmap_picture(book))))
    assert "Wave 1 Summer 2026, on the map Jul to Sep 2026 finished Wave 2" in shown


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-07-01", "2026-09-30", "Jul to Sep 2026"),
        ("2026-11-15", "2027-02-14", "Nov 2026 to Feb 2027"),
        ("2026-05-01", "2026-05-31", "May 2026"),
    ],
)
def test_dates_are_short(workspace, starts, ends, said):
    import datetime as dt

    changes = {"starts": dt.date.fromisoformat(starts), "ends": dt.date.fromisoformat(ends)}
    assert dates(workspace.roadmap.waves[0].model_copy(update=changes)) == said


def test_an_empty_plan_says_so(book):
    plan = replace(book.plan, placements=())
    picture = roadmap_picture(Book(replace(book.playbook, plan=plan), book.templates))
    assert "No service has a place in a wave yet." in words_in(ET.fromstring(picture))


# Safe and steady files


@pytest.mark.parametrize("draw", PICTURES)
def test_pictures_are_well_formed_and_speak_for_themselves(any_book, draw):
    root = ET.fromstring(draw(any_book))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    spoken = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert root.get("aria-labelledby").split() == [element.get("id") for element in spoken]
    assert all(element.text for element in spoken)


@pytest.mark.parametrize("draw", PICTURES)
def test_pictures_hold_shapes_and_words_only(any_book, draw):
    picture = draw(any_book)
    kinds = {element.tag.removeprefix(SVG) for element in ET.fromstring(picture).iter()}
    assert kinds <= {"svg", "title", "desc", "style", "g", "rect", "circle", "line", "path", "text"}
    names = {name for element in ET.fromstring(picture).iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
    assert "url(" not in picture
    assert "@import" not in picture


@pytest.mark.parametrize("draw", PICTURES)
def test_hostile_names_are_text(workspace, draw):
    picture = draw(book_of(renamed(workspace, HOSTILE)))
    titles = [title.text for title in ET.fromstring(picture).iter(f"{SVG}title")]
    assert "<script" not in picture
    assert sum("<script>alert(1)</script>" in title and "{{ 7 * 7 }}" in title for title in titles) == len(titles) - 1


@pytest.mark.parametrize("draw", PICTURES)
def test_the_same_playbook_gives_the_same_bytes(workspace, draw):
    assert draw(book_of(workspace)) == draw(book_of(workspace))


# Nothing on top of anything else


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


def text_boxes(picture: str) -> Iterator[Box]:
    for text in ET.fromstring(picture).iter(f"{SVG}text"):
        size, said = float(text.get("font-size")), text.text or ""
        wide = width(said, size, bold=text.get("font-weight") == "700")
        left = float(text.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
        y = float(text.get("y"))
        if said:
            yield Box(left, y - 0.8 * size, left + wide, y + 0.25 * size, said)


def mark_boxes(picture: str) -> Iterator[Box]:
    """Bars, launch marks and dots; not stripes, grid lines and the boxes around letters."""
    for element in ET.fromstring(picture).iter():
        numbers = {name: float(value) for name, value in element.attrib.items() if name in {"x", "y", "cx", "cy", "r"}}
        if element.tag == f"{SVG}rect" and element.get("height") == "8":
            x, y = numbers["x"], numbers["y"]
            yield Box(x, y, x + float(element.get("width")), y + 8, "bar")
        elif element.tag == f"{SVG}circle":
            x, y, r = numbers["cx"], numbers["cy"], numbers["r"]
            yield Box(x - r, y - r, x + r, y + r, "circle")
        elif element.tag == f"{SVG}path":
            x, y = (float(number) for number in re.match(r"M([\d.]+) ([\d.]+)l", element.get("d")).groups())
            yield Box(x, y - 8, x + 16, y + 8, "launch mark")


@pytest.mark.parametrize("draw", PICTURES)
def test_no_words_touch_other_words(any_book, draw):
    boxes = list(text_boxes(draw(any_book)))
    assert [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])] == []


@pytest.mark.parametrize("draw", PICTURES)
def test_no_words_touch_a_bar_or_a_dot(any_book, draw):
    picture = draw(any_book)
    marks = list(mark_boxes(picture))
    assert marks
    assert [(text, mark) for text in text_boxes(picture) for mark in marks if text.meets(mark)] == []


@pytest.mark.parametrize("draw", PICTURES)
def test_everything_is_inside_the_picture(any_book, draw):
    picture = draw(any_book)
    _, _, wide, high = (float(number) for number in ET.fromstring(picture).get("viewBox").split())
    boxes = [*text_boxes(picture), *mark_boxes(picture)]
    outside = [box for box in boxes if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > high]
    assert outside == []


def test_bars_keep_their_distance(any_book):
    bars = [box for box in mark_boxes(roadmap_picture(any_book)) if box.what == "bar"]
    assert [pair for pair in itertools.combinations(bars, 2) if pair[0].meets(pair[1])] == []


def test_the_pictures_of_the_example_are_narrow_enough_for_a_phone(book):
    """Shown 360 pixels wide, the smallest letters are still nine pixels high."""
    for draw in PICTURES:
        root = ET.fromstring(draw(book))
        smallest = min(float(text.get("font-size")) for text in root.iter(f"{SVG}text"))
        assert smallest * 360 / float(root.get("width")) >= 9


def test_names_of_the_example_are_shown_in_full(book):
    shown = [*words_in(ET.fromstring(gap_dumbbell(book))), *words_in(ET.fromstring(roadmap_picture(book)))]
    assert not [text for text in shown if "…" in text]


# Lettering


def test_a_name_breaks_between_words_and_is_cut_only_at_the_end():
    room = width("Status reporting", 14)
    assert wrapped("Status reporting and visibility", room, 14, lines=3) == ("Status reporting", "and visibility")
    *whole, last = wrapped("Status reporting and visibility of it all", room, 14, lines=2)
    assert whole == ["Status reporting"]
    assert last.endswith("…")


@pytest.mark.parametrize("text", [HOSTILE, LONG, UNBROKEN, FOREIGN, " ", "x"])
@pytest.mark.parametrize("room", [40, 70, 460])
def test_no_line_is_wider_than_its_room(text, room):
    lines = wrapped(text, room, 14, lines=3)
    assert 1 <= len(lines) <= 3
    assert all(width(line, 14) <= room for line in lines)


def test_lengths_are_written_short_and_rounded_half_up():
    assert [pixels(value) for value in (8, 8.0, 85.33333, 0.25, -1.5)] == ["8", "8", "85.3", "0.3", "-1.5"]


# Contrast


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tinted(page: str, ink: str) -> str:
    """The page under a stripe."""
    pairs = ((int(page[start : start + 2], 16), int(ink[start : start + 2], 16)) for start in (1, 3, 5))
    return "#" + "".join(f"{round(under * (1 - STRIPE) + over * STRIPE):02x}" for under, over in pairs)


@pytest.mark.parametrize("palette", PAGES)
def test_words_and_marks_stand_out_from_page_and_stripe(palette):
    """Every ink but that of the grid is used for words or letters, so all have to reach 4.5 (marks would need 3)."""
    inks, pages = PAGES[palette]
    for page, ink in itertools.product(pages, sorted(set(inks) - {"line", "inverse"})):
        assert contrast(inks[ink], page) >= 4.5, (ink, page)
        assert contrast(inks[ink], tinted(page, inks["text"])) >= 4.5, (ink, page, "stripe")


@pytest.mark.parametrize("inks", [LIGHT, DARK, PAPER])
def test_the_letter_in_a_filled_box_stands_out(inks):
    assert contrast(inks["inverse"], inks["high"]) >= 4.5


@pytest.mark.parametrize("draw", PICTURES)
def test_every_painted_shape_has_a_colour_without_style_sheets_too(book, draw):
    for element in ET.fromstring(draw(book)).iter():
        for name in (element.get("class") or "").split():
            if name[:2] in {"f-", "s-"}:
                attribute = {"f": "fill", "s": "stroke"}[name[0]]
                assert element.get(attribute) == LIGHT[name[2:]]


@pytest.mark.parametrize("draw", PICTURES)
def test_the_style_sheet_has_all_inks_for_light_dark_and_paper(book, draw):
    style = ET.fromstring(draw(book)).findtext(f"{SVG}style")
    light, rest = style.split("@media (prefers-color-scheme:dark)")
    dark, paper = rest.split("@media print")
    for sheet, inks in ((light, LIGHT), (dark, DARK), (paper, PAPER)):
        for ink, colour in inks.items():
            assert f".f-{ink}{{fill:{colour}}}" in sheet
            assert f".s-{ink}{{stroke:{colour}}}" in sheet
    assert style.count("{") == style.count("}")
