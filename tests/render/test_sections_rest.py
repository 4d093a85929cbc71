"""Hand-offs, knowledge, method, decisions and hand-written pages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from pmogen.model.workspace import HandPage
from pmogen.render import drafted, render
from pmogen.render.book import Book
from pmogen.render.navigation import DOCS
from pmogen.render.pages import catalogue
from pmogen.render.pages.catalogue import below_title, parts, problem_views, role_view
from pmogen.render.pages.hand_offs import hand_off_view
from pmogen.render.pages.hand_written import written
from pmogen.render.pages.method import decision_lines, worked_example
from tests.render.test_render import example, pages, rendered, templates

WORKSPACE = example().workspace


@pytest.mark.parametrize("hand_off", WORKSPACE.decisions.hand_offs, ids=lambda hand_off: hand_off.id)
def test_every_hand_off_has_its_place_with_gaps_that_lead_back(hand_off) -> None:
    page = pages(rendered())[f"hand-offs/{hand_off.entity}.md"]
    assert f"#hand-off-{hand_off.id} }}" in page
    for aspect in hand_off.aspects:
        assert f"](../gaps/{aspect}.md)" in page
        assert f"](../hand-offs/{hand_off.entity}.md#hand-off-{hand_off.id})" in pages(rendered())[f"gaps/{aspect}.md"]


def test_a_hand_off_is_late_from_the_day_after_its_due_day_until_it_is_settled() -> None:
    hand_off = next(entry for entry in WORKSPACE.decisions.hand_offs if entry.status == "under way")
    for after, status, late in ((0, "under way", False), (1, "under way", True), (1, "done", False)):
        day = hand_off.due + dt.timedelta(days=after)
        settings = WORKSPACE.settings.model_copy(update={"as_of": day})
        book = Book(replace(example(), workspace=replace(WORKSPACE, settings=settings)))
        assert hand_off_view(book, hand_off.model_copy(update={"status": status})).overdue is late


def test_likely_problems_stand_before_the_others_and_say_which_signs_were_found() -> None:
    views = problem_views(Book(example()))
    likely = [view for view in views if view.here.likely]
    assert likely
    assert list(views[: len(likely)]) == likely
    page = pages(rendered())["knowledge/problems.md"]
    assert page.count("Why it is likely here:") == len(likely)
    assert sorted(re.findall(r"#problem-([a-z-]+) \}", page)) == sorted(view.problem.id for view in views)


def test_where_a_role_has_a_part_in_many_services_a_table_names_them(monkeypatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_NAMED", 20)
    text = drafted(example(), templates()).page("knowledge/roles.md")
    book = Book(example())
    having = [services for role in book.catalogue.roles for _part, services in role_view(book, role).parts]
    many = [len(services) for services in having if len(services) > 20]
    assert many
    for count in many:
        assert f": {count} products and services, to be found in [Who answers for what](raci.md)\n" in text
    assert text.count("(../services/") == sum(len(services) for services in having if len(services) <= 20)


def test_a_role_lists_its_part_in_every_service() -> None:
    book = Book(example())
    held = {
        (part, service.id, role.id)
        for role in book.catalogue.roles
        for part, services in role_view(book, role).parts
        for service in services
    }
    expected = {
        (part, service.id, role)
        for service in book.catalogue.services
        for part in parts()
        for role in ([service.roles.accountable] if part == "accountable" else getattr(service.roles, part))
    }
    assert held == expected


@pytest.mark.parametrize("template", WORKSPACE.catalogue.templates, ids=lambda template: template.id)
def test_every_document_can_be_read_and_taken_away(template) -> None:
    page = pages(rendered())[f"knowledge/templates/{template.id}.md"]
    assert page.count("\n# ") == 1
    assert f"](../../assets/templates/{template.id}.txt)" in page
    assert rendered().files[f"{DOCS}/assets/templates/{template.id}.txt"] == WORKSPACE.documents[template.id]


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("# Title\n\n## One\n", "## One\n"),
        ("## One\n", "## One\n"),
        ("# Title\n\n# One\n\n## Two\n", "## One\n\n### Two\n"),
        ("# Title\n\n# One\n\n```\n# code\n```\n", "## One\n\n```\n# code\n```\n"),
    ],
)
def test_a_document_is_shown_below_the_title_of_its_page(text: str, below: str) -> None:
    assert str(below_title(text)) == below


def test_every_term_has_its_place_in_the_glossary() -> None:
    page = pages(rendered())["knowledge/glossary.md"]
    for term in WORKSPACE.catalogue.glossary:
        assert f"#term-{term.id} }}" in page
        for other in term.see:
            assert f"](#term-{other})" in page


def test_the_worked_example_is_the_gap_of_the_first_rank_and_adds_up() -> None:
    example_of = worked_example(Book(example()))
    assert example_of is not None
    assert example_of.gap.rank == 1
    assert example_of.reachable == min(example_of.gap.target, example_of.lifts[-1].after)


def test_the_rules_are_shown_with_the_values_of_this_workspace() -> None:
    method = WORKSPACE.catalogue.method
    changed = method.model_copy(update={"privacy": method.privacy.model_copy(update={"minimum_group": 77})})
    catalogue = WORKSPACE.catalogue.model_copy(update={"method": changed})
    other = replace(example(), workspace=replace(WORKSPACE, catalogue=catalogue))
    text = render(other, templates()).files[f"{DOCS}/method/index.md"]
    assert "| Smallest group that is shown | 77 answers |" in str(text)


def test_all_decisions_are_listed_the_newest_first() -> None:
    lines = decision_lines(Book(example()))
    decisions = WORKSPACE.decisions
    agreed = [entry for entry in decisions.hand_offs if entry.agreed_on]
    assert len(lines) == len(decisions.services) + len(decisions.accepted_gaps) + len(agreed)
    assert [line.when for line in lines] == sorted((line.when for line in lines), reverse=True)


@pytest.mark.parametrize(
    ("path", "text", "title", "start"),
    [
        ("a.md", "# Hello\n\nText\n", "Hello", "# Hello\n"),
        ("a.md", "---\ntitle: x\n---\n\n# Hello #\n", "Hello", "# Hello #\n"),
        ("a.md", "# Hello { #there }\n", "Hello", "# Hello { #there }\n"),
        ("a.md", "```\n# no title\n```\n\n# Hello\n", "Hello", "```\n# no title\n"),
        ("deep/first-days.md", "Only text\n", "First days", "# First days\n\nOnly text\n"),
        ("a.md", "Text\n\n---\n\n# Hello\n", "Hello", "Text\n\n---\n"),
    ],
)
def test_a_hand_written_page_stands_as_it_was_written(path: str, text: str, title: str, start: str) -> None:
    page = written(HandPage(path, text))
    assert (page.path, page.title) == (f"pages/{path}", title)
    assert str(page.body).startswith(start)


def test_hand_written_pages_are_merged_in() -> None:
    assert WORKSPACE.pages
    for page in WORKSPACE.pages:
        heading = next(line for line in page.text.splitlines() if line.startswith("# "))
        assert heading in pages(rendered())[f"pages/{page.path}"]


def test_links_by_id_in_hand_written_pages() -> None:
    """`[text](service:id)` leads to the page; in a code block it stays as it is."""
    from pmogen.render.markdown import Md
    from pmogen.render.pages.hand_written import filled

    body = Md("See [the list](service:register) or [ours](other.md).\n\n```\n[x](service:register)\n```\n")
    told = filled(body, lambda kind, identifier: Md(f"../{kind}s/{identifier}.md"), lambda _name: Md(""))
    assert "[the list](../services/register.md) or [ours](other.md)" in told
    assert "[x](service:register)" in told
