"""The charts: complete, well-formed, legible in every palette, with nothing on top of anything else."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from pmogen.analysis.contrast import contrast, mixed
from pmogen.errors import PmogenError
from pmogen.language import TRANSLATED, speaking
from pmogen.model.roadmap import Wave
from pmogen.model.workspace import Workspace
from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.charts.drawing import DARK, LIGHT, PAGES, PAPER, Drawing
from pmogen.render.charts.lettering import width, wrapped
from pmogen.render.charts.levels import NOTHING
from pmogen.render.charts.parts import STRIPE
from pmogen.render.charts.roadmap import dates, dimension_of
from pmogen.render.charts.shapes import pixels
from tests.render.pictures import (
    FOREIGN,
    HOSTILE,
    LONG,
    SVG,
    UNBROKEN,
    book_of,
    drawn,
    frames,
    laid_out,
    marks,
    renamed,
    signs_in,
    solids,
    templates,
    texts,
    with_waves,
    words_in,
)
from tests.workspaces import ROOT, example, workspace

CHARTS = ["gaps", "roadmap", "matrix", "levels", "capacity", "load", "trend", "hub", "needs"]
"""Charts of which there is one; there are more for each dimension, aspect and service."""

GOLDEN = ROOT / "tests" / "render" / "golden"

LANGUAGES = {"in German": "de", "in Spanish": "es"}
"""Books whose charts are in another language."""

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
    **dict.fromkeys(LANGUAGES, lambda workspace: workspace),
}


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(example())


@pytest.fixture(scope="module")
def shown(book) -> dict[str, str]:
    """The text of every chart of the example, by name without ending."""
    return {name.removesuffix(".svg"): picture.svg for name, picture in drawn(book).items()}


@pytest.fixture(scope="module", params=list(BOOKS))
def any_shown(request) -> dict[str, str]:
    return svgs(BOOKS[request.param](example()), LANGUAGES.get(request.param, "en"))


def svgs(workspace: Workspace, language: str) -> dict[str, str]:
    """The text of every chart in a language, by name without ending."""
    with speaking(language):
        return {name.removesuffix(".svg"): picture.svg for name, picture in drawn(book_of(workspace)).items()}


# What they show


def test_every_chart_has_its_file(shown, book):
    of_each = {f"coverage-{dimension.id}" for dimension in book.catalogue.dimensions}
    of_each |= {f"needs-{service.id}" for service in book.catalogue.services if service.requires}
    assert {*CHARTS, *of_each} <= set(shown)


def test_what_has_nothing_to_show_has_no_chart():
    """One assessment, no gap, nobody but customers: no trend, no matrix, no levels, and no mistake."""
    day = "content/assessments/2027-01-31.yml"
    reached = {"aspects": [{"aspect": "visibility", "current": 3, "current_source": "workshop", "target": 3}]}
    names = set(laid_out(Book(compute(workspace({day: reached})))))
    assert {"gaps", "roadmap", "hub", "needs"} <= names
    assert not names & {"trend", "matrix", "levels", "coverage-direction"}


def test_the_gap_chart_has_one_row_for_each_assessed_aspect_in_the_order_of_the_register(shown, book):
    rows = marks(shown["gaps"], "row")
    names = [book.name("aspects", gap.aspect) for gap in book.playbook.gaps]
    assert len(rows) == len(book.playbook.levels)
    assert [re.sub(r"^\d+\. ", "", words_in(row)[0]) for row in rows] == names


def test_a_gap_shows_its_figures_and_both_letters(shown):
    first = marks(shown["gaps"], "row")[0]
    assert words_in(first) == ["1. Status reporting and visibility", "1.7 → 4.0"]
    assert "HH" in signs_in(first)
    assert first.findtext(f"{SVG}title") == "gap H, priority H"


def test_a_strength_is_marked_with_a_word_and_has_no_letters(shown, book):
    strengths = [gap for gap in book.playbook.gaps if gap.kind == "strength"]
    rows = marks(shown["gaps"], "row")[-len(strengths) :]
    assert strengths
    assert all(words_in(row)[2] == "strength" and not {"HH", "LM"} & set(signs_in(row)) for row in rows)


def test_dots_stand_where_the_levels_are(shown):
    uses = {use.get("href"): float(use.get("x")) for use in marks(shown["gaps"], "row")[0].iter(f"{SVG}use")}
    one, two = (41 + 76 * (level - 1) for level in (Fraction(5, 3), 4))
    assert uses["#today-high"] == pytest.approx(float(one), abs=0.05)
    assert uses["#target-high"] == pytest.approx(two)


def test_an_aspect_that_nobody_could_answer_has_a_row_without_today(book):
    first, *others = book.playbook.levels
    gaps = tuple(gap for gap in book.playbook.gaps if gap.aspect != first.aspect)
    silent = replace(book.playbook, levels=(replace(first, current=None), *others), gaps=gaps)
    row = marks(drawn(replace(book, playbook=silent))["gaps.svg"].svg, "row")[-1]
    assert "no answer" in words_in(row)
    assert not [sign for sign in signs_in(row) if sign.startswith("today")]


def test_the_roadmap_has_one_bar_for_each_placement_below_its_dimension(shown, book):
    bars = marks(shown["roadmap"], "bar")
    assert len(bars) == len(book.plan.placements)
    used = {dimension_of(book, book.service(each.service)) for each in book.plan.placements}
    lanes = [words_in(lane)[0] for lane in marks(shown["roadmap"], "lane")]
    assert lanes == [dimension.name for dimension in book.catalogue.dimensions if dimension.id in used]


def test_a_bar_covers_the_waves_with_work_and_ends_in_its_launch_wave(shown, book):
    """Work in waves 2 and 4: two pieces, a thin line over wave 3, the launch mark at the end of wave 4."""
    service = book.catalogue.services[4]
    assert [work.wave for work in book.placement(service.id).work] == ["2026-q4", "2027-q2"]
    bar = next(each for each in marks(shown["roadmap"], "bar") if each.get("data-to") == f"services/{service.id}.md")
    each = 464 / 6
    pieces = [float(rect.get("x")) for rect in bar.iter(f"{SVG}rect")]
    (mark,) = [float(use.get("x")) for use in bar.iter(f"{SVG}use") if use.get("href") == "#launch"]
    assert [x // each for x in pieces] == [1, 3]
    assert 8 + 3 * each < mark < 8 + 4 * each
    assert bar.findtext(f"{SVG}title") == "launch in wave 4, work in wave 2 and 4"
    assert bar.find(f"{SVG}path") is not None


def test_live_and_pinned_services_say_so_in_words_and_look_different(shown):
    for bar in marks(shown["roadmap"], "bar"):
        said = " ".join(words_in(bar))
        dashed = [rect.get("stroke-dasharray") is not None for rect in bar.iter(f"{SVG}rect")]
        assert ("(live" in said) == all(dashed) == ("live" in signs_in(bar))
        assert ("pinned)" in said) == ("pin" in signs_in(bar))


def test_names_begin_where_bars_begin_unless_they_would_leave_the_chart(shown):
    """Late ones end where their bar ends; nothing hangs in between."""
    for bar in marks(shown["roadmap"], "bar"):
        word, left = next(bar.iter(f"{SVG}text")), min(float(rect.get("x")) for rect in bar.iter(f"{SVG}rect"))
        launch = next(float(use.get("x")) for use in bar.iter(f"{SVG}use"))
        x = float(word.get("x"))
        assert x == pytest.approx(left, abs=0.1) if word.get("text-anchor") is None else x == pytest.approx(launch + 8)


def test_waves_have_name_dates_and_status_and_a_page(shown):
    first = marks(shown["roadmap"], "wave")[0]
    assert " ".join(words_in(first)) == "Wave 1 Summer 2026, on the map Jul to Sep 2026 finished"
    assert first.get("data-to") == "roadmap/2026-q3.md"


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-07-01", "2026-09-30", "Jul to Sep 2026"),
        ("2026-11-15", "2027-02-14", "Nov 2026 to Feb 2027"),
        ("2026-05-01", "2026-05-31", "May 2026"),
    ],
)
def test_dates_are_short(starts, ends, said):
    assert dates(between(starts, ends)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Mär bis Mai 2026"), ("es", "mar a may 2026"), ("en", "Mar to May 2026")]
)
def test_months_are_those_of_the_language(language, said):
    with speaking(language):
        assert dates(between("2026-03-01", "2026-05-31")) == said


def between(starts: str, ends: str) -> Wave:
    days = {"starts": dt.date.fromisoformat(starts), "ends": dt.date.fromisoformat(ends)}
    return example().roadmap.waves[0].model_copy(update=days)


def test_an_empty_plan_says_so(book):
    plan = replace(book.plan, placements=())
    picture = drawn(Book(replace(book.playbook, plan=plan), templates()))["roadmap.svg"]
    assert "No service has a place in a wave yet." in words_in(ET.fromstring(picture.svg))


def test_the_matrix_names_every_gap_in_the_cell_of_its_size_and_priority(shown, book):
    entries = marks(shown["matrix"], "gap")
    assert [
        entry.get("data-to") for entry in sorted(entries, key=lambda entry: int(words_in(entry)[0].split(".")[0]))
    ] == [f"gaps/{gap.aspect}.md" for gap in book.gaps]
    columns = {38: "H", 185: "M", 332: "L"}
    for entry in entries:
        x = float(next(entry.iter(f"{SVG}text")).get("x"))
        column = max(left for left in columns if left <= x)
        assert entry.findtext(f"{SVG}title").endswith(f"priority {columns[column]}")


def test_a_crowded_cell_of_the_matrix_counts_the_rest(book):
    gaps = tuple(replace(gap, size="H", priority="H") for gap in book.gaps)
    picture = drawn(replace(book, playbook=replace(book.playbook, gaps=gaps)))["matrix.svg"]
    (more,) = marks(picture.svg, "more")
    assert words_in(more) == [f"and {len(gaps) - 12} more"]


def test_the_heat_map_says_points_and_band_in_every_cell(shown, book):
    rows = marks(shown["load"], "row")
    assert len(rows) == len(book.audiences)
    for row, audience in zip(rows, book.audiences, strict=True):
        loads = [book.load(wave.id, audience.id) for wave in book.waves]
        cells = [sign.removeprefix("cell-") for sign in signs_in(row)]
        expected = ["black-out" if load.black_out else load.band if load.points else "none" for load in loads]
        assert cells == expected
        told = [word for word in words_in(row) if "/" in word]
        assert told == [f"{load.points}/10" for load in loads if load.points or load.black_out]


def test_bands_differ_in_letter_and_frame_not_in_colour_alone(shown):
    groups = {group.get("id"): group for group in ET.fromstring(shown["load"]).iter(f"{SVG}g") if group.get("id")}
    bands = [groups[band] for band in ("calm", "busy", "full", "over", "black-out")]
    assert [words_in(band) for band in bands] == [["c"], ["b"], ["f"], ["o"], ["X"]]
    looks = {
        tuple(band.find(f"{SVG}rect").get(name) for name in ("fill", "stroke-width", "stroke-dasharray"))
        for band in bands
    }
    assert len(looks) == 5


def test_a_bar_over_its_limit_is_a_frame_and_says_so(shown, book):
    for mark, use in zip(marks(shown["capacity"], "wave"), book.plan.uses, strict=True):
        over = use.build_days > use.build_limit
        framed = [rect for rect in mark.iter(f"{SVG}rect") if rect.get("fill") == "none"]
        assert bool(framed) == over
        assert ("building over the limit" in mark.findtext(f"{SVG}title")) == over
        assert f"building: {use.build_days} of {use.build_limit} person-days" in words_in(mark)


def test_the_line_of_levels_has_a_number_wherever_the_level_changes(shown, book):
    rows = marks(shown["levels"], "row")
    assert len(rows) == len(book.gaps)
    for row, gap in zip(rows, book.gaps, strict=True):
        projected = book.projected(gap.aspect)
        levels = [projected.now, *(level for _, level in projected.after)]
        changes = 1 + sum(one != other for one, other in itertools.pairwise(levels))
        assert len([word for word in words_in(row) if re.fullmatch(r"\d\.\d", word)]) == changes
        assert (NOTHING in words_in(row)) == (changes == 1)
    assert NOTHING in words_in(ET.fromstring(shown["levels"]))


def test_the_trend_has_a_row_for_each_aspect_assessed_twice(shown, book):
    compared = [trend for trend in book.playbook.trends if trend.change is not None]
    rows = marks(shown["trend"], "row")
    assert {row.get("data-to") for row in rows} == {f"assessment/{trend.aspect}.md" for trend in compared}
    assert "1.5 → 2.0 (+0.5)" in words_in(rows[0])


def test_the_coverage_has_a_cell_wherever_a_service_helps(shown, book):
    cells = 0
    for dimension in book.catalogue.dimensions:
        for row in marks(shown[f"coverage-{dimension.id}"], "row"):
            cells += len(list(row.iter(f"{SVG}rect")))
    assert cells == sum(len(candidate.closes) for candidate in book.playbook.choice.candidates)


def test_the_hub_has_every_customer_and_stakeholder(shown, book):
    people = marks(shown["hub"], "person")
    customers, stakeholders = book.foundation.customers, book.foundation.stakeholders
    assert len(people) == len(customers) + len(stakeholders)
    told = [" ".join(words_in(person)) for person in people]
    assert told[: len(customers)] == [
        f"{entry.name} {len(entry.expects)} expectations" + ("" if entry.state == "known" else f", {entry.state}")
        for entry in customers
    ]
    assert told[len(customers) :] == [
        f"{entry.role} {entry.influence} influence, {entry.stance}" for entry in stakeholders
    ]


def test_the_graph_has_every_service_with_prerequisites_and_the_lines_that_matter(shown, book):
    nodes = [group for group in ET.fromstring(shown["needs"]).iter(f"{SVG}g") if group.get("data-to")]
    needed = {service.id: {*service.requires, *service.requires_same_wave} for service in book.catalogue.services}
    connected = {service for service, others in needed.items() if others} | set().union(*needed.values())
    assert {node.get("data-to") for node in nodes} == {f"services/{service}.md" for service in connected}


def test_too_large_a_graph_is_left_to_the_pages_of_the_services(book):
    alone = {"requires": (), "requires_same_wave": ()}
    services = [
        service.model_copy(update={"id": f"{service.id}-{number}", **alone})
        for number in range(31)
        for service in book.catalogue.services[:2]
    ]
    linked = [
        service.model_copy(update={"requires": (services[number - 1].id,)} if number else {})
        for number, service in enumerate(services)
    ]
    changed = example()
    changed = replace(changed, catalogue=changed.catalogue.model_copy(update={"services": tuple(linked)}))
    nothing = replace(book.playbook.choice, candidates=())
    plan = replace(book.plan, placements=())
    names = laid_out(Book(replace(book.playbook, workspace=changed, choice=nothing, plan=plan)))
    assert "needs" not in names
    assert f"needs-{linked[5].id}" in names


# Safe and steady files


def test_charts_are_well_formed_and_speak_for_themselves(any_shown):
    for name, svg in any_shown.items():
        root = ET.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        spoken = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert root.get("aria-labelledby").split() == [element.get("id") for element in spoken]
        assert all(element.text for element in spoken), name


def test_charts_hold_shapes_and_words_only(any_shown):
    for svg in any_shown.values():
        root = ET.fromstring(svg)
        kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert kinds <= {"svg", "title", "desc", "style", "defs", "g", "use", "rect", "circle", "path", "text"}
        names = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith("on") or name == "style"}
        assert all(use.get("href", "").startswith("#") for use in root.iter(f"{SVG}use"))
        assert "url(" not in svg
        assert "@import" not in svg


def test_hostile_names_are_text():
    for name, picture in drawn(book_of(renamed(example(), HOSTILE))).items():
        assert "<script" not in picture.svg, name
    gaps = drawn(book_of(renamed(example(), HOSTILE)))["gaps.svg"].svg
    assert "<script>alert(1)</script>" in " ".join(words_in(ET.fromstring(gaps)))


def test_the_same_playbook_gives_the_same_bytes(shown):
    again = drawn(book_of(example()))
    assert {name.removesuffix(".svg"): picture.svg for name, picture in again.items()} == shown


def test_charts_of_the_example_are_small():
    """With its own plan; that of these tests holds more than twice as many services."""
    sizes = {name: len(picture.svg.encode()) for name, picture in drawn(Book(compute(example()), templates())).items()}
    assert {name: size for name, size in sizes.items() if size >= 15 * 1024} == {}


def test_whatever_belongs_to_a_page_says_so(shown):
    kinds = {"gaps": "row", "roadmap": "bar", "matrix": "gap", "levels": "row", "capacity": "wave", "load": "row"}
    kinds |= {"trend": "row", "hub": "person", "coverage-delivery": "row"}
    for name, kind in kinds.items():
        found = marks(shown[name], kind)
        assert found
        assert all(re.fullmatch(r"[a-z-]+/[a-z0-9-]+\.md(#[a-z0-9-]+)?", mark.get("data-to", "")) for mark in found), (
            name
        )


# Nothing on top of anything else


def test_no_words_touch_other_words(any_shown):
    for name, svg in any_shown.items():
        boxes = texts(svg)
        assert [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])] == [], name


def test_no_words_touch_a_bar_or_a_dot(any_shown):
    for name, svg in any_shown.items():
        found = solids(svg)
        assert [(text, solid) for text in texts(svg) for solid in found if text.meets(solid)] == [], name


def test_everything_is_inside_the_chart(any_shown):
    for name, svg in any_shown.items():
        _, _, wide, high = (float(number) for number in ET.fromstring(svg).get("viewBox").split())
        boxes = [*texts(svg), *solids(svg)]
        assert [box for box in boxes if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > high] == [], (
            name
        )


def test_words_in_a_box_stay_in_it(any_shown):
    seen = 0
    for name in ("hub", "needs", "matrix", "load", *(name for name in any_shown if name.startswith("needs-"))):
        for frame, words in frames(any_shown.get(name, "<svg/>")):
            assert [word for word in words if not frame.holds(word)] == [], name
            seen += len(words)
    assert seen


def test_bars_keep_their_distance(any_shown):
    bars = [box for box in solids(any_shown["roadmap"]) if box.what == "bar"]
    assert [pair for pair in itertools.combinations(bars, 2) if pair[0].meets(pair[1])] == []


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_charts_of_the_example_are_narrow_enough_for_a_phone(language):
    """Shown 360 pixels wide, the smallest letters are 9.75 pixels high; wider charts scroll in a box of their own."""
    for name, svg in svgs(example(), language).items():
        root = ET.fromstring(svg)
        sizes = [float(text.get("font-size", root.get("font-size"))) for text in root.iter(f"{SVG}text")]
        if float(root.get("width")) <= 480:
            assert min(sizes) * 360 / float(root.get("width")) >= 9.75, name
        else:
            assert min(sizes) >= 13, name


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_names_of_the_example_are_shown_in_full(language):
    cut = {
        (name, text)
        for name, svg in svgs(example(), language).items()
        for text in words_in(ET.fromstring(svg))
        if "…" in text and not name.startswith("needs")
    }
    assert cut == set()


# Templates


def test_a_workspace_may_replace_the_template_of_one_chart(book):
    own = '{% extends "charts/chart.svg.j2" %}{% block body %}<text x="1" y="1">mine</text>{% endblock %}'
    drawing = Drawing({**templates(), "charts/gaps.svg.j2": own})
    charts = laid_out(book)
    assert words_in(ET.fromstring(drawing.draw(charts["gaps"]))) == ["mine"]
    assert drawing.draw(charts["matrix"]) == Drawing(templates()).draw(charts["matrix"])


def test_a_wrong_template_is_named(book):
    drawing = Drawing({**templates(), "charts/gaps.svg.j2": "{{ chart.nothing }}"})
    with pytest.raises(PmogenError, match=r"charts/gaps\.svg\.j2"):
        drawing.draw(laid_out(book)["gaps"])


# Lettering


def test_a_name_breaks_between_words_and_is_cut_only_at_the_end():
    room = width("Status reporting", 14)
    assert wrapped("Status reporting and visibility", room, 14, lines=3) == ("Status reporting", "and visibility")
    assert wrapped("Post-implementation", room, 14, lines=3) == ("Post-", "implementation")
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
    assert [pixels(value) for value in (8, 8.0, 85.33333, 0.25, -1.5, -0.01)] == ["8", "8", "85.3", "0.3", "-1.5", "0"]


# Contrast


@pytest.mark.parametrize("palette", PAGES)
def test_words_and_marks_stand_out_from_page_and_stripe(palette):
    """Every ink but that of the grid is used for words or letters, so all have to reach 4.5 (marks would need 3)."""
    inks, pages = PAGES[palette]
    for page, ink in itertools.product(pages, sorted(set(inks) - {"line", "inverse"})):
        assert contrast(inks[ink], page) >= 4.5, (ink, page)
        assert contrast(inks[ink], mixed(page, inks["text"], STRIPE)) >= 4.5, (ink, page, "stripe")


@pytest.mark.parametrize("palette", PAGES)
def test_words_stand_out_from_tinted_cells(palette, shown):
    """The tints of the heat map, the matrix and the coverage, with the words and letters that stand on them."""
    inks, pages = PAGES[palette]
    tints = set()
    for svg in shown.values():
        for rect in ET.fromstring(svg).iter(f"{SVG}rect"):
            if "fill-opacity" in rect.attrib:
                tints.add(((rect.get("class") or "pc-text").removeprefix("pc-"), float(rect.get("fill-opacity"))))
    assert len(tints) > 5
    for page, (ink, share) in itertools.product(pages, sorted(tints)):
        ground = mixed(page, inks[ink], share)
        assert contrast(inks["text"], ground) >= 4.5, (ink, share, page)
        if share == 0.15:
            assert contrast(inks[ink], ground) >= 4.5, (ink, share, page, "letter")


@pytest.mark.parametrize("inks", [LIGHT, DARK, PAPER])
def test_the_letter_in_a_filled_box_stands_out(inks):
    assert contrast(inks["inverse"], inks["high"]) >= 4.5


def test_every_painted_shape_has_a_colour_without_style_sheets_too(shown):
    for svg in shown.values():
        for element in ET.fromstring(svg).iter():
            ink = (element.get("class") or "").removeprefix("pc-")
            if (element.get("class") or "").startswith("pc-") and element.tag != f"{SVG}text":
                assert element.get("color") == LIGHT[ink]


def test_the_style_sheet_has_all_inks_for_light_dark_and_paper(shown):
    for svg in shown.values():
        style = ET.fromstring(svg).findtext(f"{SVG}style")
        light, rest = style.split("@media (prefers-color-scheme:dark)")
        dark, paper = rest.split("@media print")
        used = {ink for ink in LIGHT if f'class="pc-{ink}"' in svg}
        for sheet, inks in ((light, LIGHT), (dark, DARK), (paper, PAPER)):
            assert f".pc{{color:{inks['text']}}}" in sheet
            assert all(f".pc-{ink}{{color:{inks[ink]}}}" in sheet for ink in used)
        assert style.count("{") == style.count("}")


def test_the_style_sheet_of_the_site_has_the_same_inks():
    """What a chart shows as an image it shows as a part of the page."""
    sheet = (ROOT / "site_templates" / "assets" / "pmogen.css").read_text("utf-8")
    light, rest = sheet.split("@media screen {", 1)
    dark, rest = rest.split("/* Text */", 1)
    paper = rest.split("@media print {", 1)[1].split("\n  }\n", 1)[0]
    tokens = {"text": "ink", "line": "grid"}
    for ink in LIGHT:
        token = f"--pg-{tokens.get(ink, ink)}"
        rule = ".pc" if ink == "text" else f".pc-{ink}"
        assert f"{rule} {{\n  color: var({token});\n}}" in sheet
        assert f"{token}: {LIGHT[ink]};" in light
        assert f"{token}: {DARK[ink]};" in dark
        if PAPER[ink] != LIGHT[ink]:
            assert f"{token}: {PAPER[ink]};" in paper


# Golden files


@pytest.mark.parametrize("name", [*CHARTS, "coverage-direction", "agreement-sponsorship", "needs-status-reporting"])
def test_charts_look_as_they_did(shown, name):
    """The charts of the example with the plan of these tests; PMOGEN_UPDATE=1 writes them anew."""
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("PMOGEN_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown[name], "utf-8")
    assert shown[name] == path.read_text("utf-8")
