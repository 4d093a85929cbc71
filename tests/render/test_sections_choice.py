"""No limits, money, redundancy, loss, decisions to look at again, and hand-off pages that can be sent as they are."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pmogen.exchange.document import document_of
from pmogen.playbook import compute
from pmogen.render import render
from pmogen.render.book import Book
from pmogen.render.pages.money import wave_costs
from pmogen.render.pages.no_limits import compared
from tests.analysis.organisations import BOARD, decided, lifting, organisation
from tests.analysis.test_coverage import accepted, hand_off
from tests.render.test_render import example, pages, rendered, templates


def shown(*arguments: Any, **more: Any) -> dict[str, str]:
    """The pages of an organisation."""
    return pages(render(compute(organisation(*arguments, **more)), templates()))


def section(page: str, heading: str) -> str:
    """The part of a page below a heading of the second level."""
    return page.partition(f"\n## {heading} ")[2].partition("\n## ")[0]


def test_no_limits_stands_beside_the_roadmap() -> None:
    """What is in both, only without limits and only in the roadmap is all there is, each once."""
    page, found = pages(rendered())["services/no-limits.md"], compared(Book(example()))
    ideal, planned = set(example().no_limits.services), {placement.service for placement in example().plan.placements}
    assert set(found.both) == ideal & planned
    assert {entry.service for entry in found.missed} == ideal - planned
    assert {placement.service for placement in found.extra} == planned - ideal
    listed = re.findall(r"^(?:\||-) \[[^\]]+\]\(([a-z-]+)\.md\)", section(page, "What the difference is"), re.MULTILINE)
    assert sorted(listed) == sorted(ideal | planned)
    assert "The search was complete" in page


def test_no_limits_is_never_behind_the_roadmap() -> None:
    """It reaches at least the level of the roadmap, up to the target."""
    for entry in compared(Book(example())).differences:
        assert entry.possible >= min(entry.planned, entry.gap.target)


def test_no_limits_is_in_the_navigation_and_money_is_not() -> None:
    """The example says nothing about money, so nothing about money is shown."""
    nav = str(rendered().files["build/playbook.yml"])
    assert "services/no-limits.md" in nav
    assert "services/money.md" not in nav
    assert "services/money.md" not in pages(rendered())
    assert "In money:" not in "".join(pages(rendered()).values())


PRICED = [
    lifting(
        "a", ("x", 1), days=10, run_fte=0.5, cost={"low": 1000, "high": 2000}, cost_a_year={"low": 120, "high": 240}
    )
]
ASSUMED = {"what": "Less rework.", "who": "Head of finance", "low": 5000, "high": 9000, "source": "Books of 2026"}
TWO_WAVES = {
    "content/roadmap.yml": {
        "waves": [
            {"id": "one", "name": "One", "starts": "2027-02-01", "ends": "2027-04-30", "goal": "Start.", "fte": 2},
            {"id": "two", "name": "Two", "starts": "2027-05-01", "ends": "2027-07-31", "goal": "Go on.", "fte": 2},
        ]
    }
}


@cache
def with_money() -> dict[str, str]:
    """The pages of an organisation that counts money."""
    money = {"content/playbook.yml": {"money": {"currency": "EUR", "day_rate": {"low": 500, "high": 700}}}}
    benefits = {"content/foundation.yml": {"customers": [], "benefit_assumptions": [ASSUMED]}}
    return shown({"x": (2, 3)}, PRICED, decided(a="offer"), others={**money, **benefits, **TWO_WAVES})


def test_money_by_service_and_wave() -> None:
    """10 days at 500 to 700 and 1,000 to 2,000 once: 6,000 to 9,000. Running: 109.2 days and 120 to 240 a year."""
    page = with_money()["services/money.md"]
    assert "| [A](a.md) | EUR 6,000 to 9,000 | EUR 54,700 to 76,700 |" in page
    assert "| [One](../roadmap/one.md) | EUR 6,000 to 9,000 | \N{EN DASH} |" in page
    assert "EUR 6,000 to 9,000 to build it; EUR 54,700 to 76,700 a year to run it" in with_money()["services/a.md"]


def test_running_costs_begin_after_the_launch() -> None:
    """In the second wave of three months: half a person for its working days, and a quarter of the yearly amount."""
    money = {"content/playbook.yml": {"money": {"currency": "EUR", "day_rate": 100}}}
    made = organisation({"x": (2, 3)}, PRICED, decided(a="offer"), others={**money, **TWO_WAVES})
    book = Book(compute(made))
    first, second = wave_costs(book)
    days = book.use("two").working_days
    assert first.running.high == 0
    assert second.running.low == days / 2 * 100 + 30
    assert second.running.high == days / 2 * 100 + 60
    assert second.building.high == 0


def test_days_spent_on_what_is_not_live_count_where_it_was_started() -> None:
    """A has taken 4 of 10 days and 6 are left; B was dropped after 3. A person-day costs 100."""
    money = {"content/playbook.yml": {"money": {"currency": "EUR", "day_rate": 100}}}
    progress = [
        {"service": "a", "started": "2027-02-10", "effort_days": 4},
        {"service": "b", "started": "2027-02-11", "effort_days": 3, "dropped": "2027-03-01", "who": "Board"},
    ]
    roadmap = {"content/roadmap.yml": {**TWO_WAVES["content/roadmap.yml"], "progress": progress}}
    services = [lifting("a", ("x", 1), days=10), lifting("b", ("x", 1), days=10)]
    made = organisation({"x": (2, 3)}, services, decided(a="offer"), others={**money, **roadmap})
    book = Book(compute(made))
    document = document_of(compute(made)).plan.progress
    assert [entry.spent for entry in document] == [4, 3]
    assert document[0].left == book.plan.placements[0].work[0].days == 10 - 4
    cost = wave_costs(book)[0].building
    assert cost.high == 100 * (4 + 3) + 100 * document[0].left
    page = shown({"x": (2, 3)}, services, decided(a="offer"), others={**money, **roadmap})["services/money.md"]
    text = section(page, "Spent on what is not live")
    assert "[A](a.md), under way" in text
    assert "[B](b.md), dropped" in text
    assert "EUR 400" in text
    assert "EUR 300" in text


def test_assumed_benefits_are_shown_with_who_stated_them() -> None:
    text = section(with_money()["services/money.md"], "What benefits are assumed to be worth")
    assert "EUR 5,000 to 9,000 a year" in text
    assert "Head of finance" in text
    assert "Books of 2026" in text


def test_without_assumptions_none_are_invented() -> None:
    found = shown({"x": (2, 3)}, PRICED, others={"content/playbook.yml": {"money": {"currency": "EUR"}}})
    assert "Nobody has stated what benefits are worth" in found["services/money.md"]
    assert "No day rate is given" in found["services/money.md"]


def test_a_service_page_says_what_is_lost_without_it() -> None:
    """Every gap that reopens and every service that loses its prerequisite is named and linked."""
    for loss in example().losses:
        text = section(pages(rendered())[f"services/{loss.service}.md"], "What is lost without it")
        assert ("Nothing: no gap reopens" in text) == (not loss.reopens and not loss.stranded)
        for entry in loss.reopens:
            assert f"](../gaps/{entry.aspect}.md)" in text
        for service in loss.stranded:
            assert f"]({service}.md)" in text


def test_a_service_page_says_what_it_adds_to_what_is_offered() -> None:
    for margin in example().margins:
        text = section(pages(rendered())[f"services/{margin.service}.md"], "Why here")
        assert text.count("that all other services that are offered leave") == len(margin.adds)
        assert text.count("it adds nothing") == len(margin.covered)
        assert ("So it is redundant" in text) == margin.redundant


def test_redundant_services_are_listed_on_the_coverage_page() -> None:
    text = section(pages(rendered())["services/coverage.md"], "Redundant beside what is offered")
    listed = re.findall(r"^\| \[[^\]]+\]\(([a-z-]+)\.md\)", text, re.MULTILINE)
    live = {placement.service for placement in Book(example()).live}
    declined = {entry.service for entry in Book(example()).declined}
    redundant = [margin.service for margin in example().margins if margin.redundant]
    assert listed == [service for service in redundant if service not in live | declined]


def test_decisions_to_look_at_again_are_listed_with_reason_and_line() -> None:
    text = section(pages(rendered())["method/decisions.md"], "Decisions to look at again")
    listed = re.findall(r"^\| \[[^\]]+\]\(\.\./services/([a-z-]+)\.md\)", text, re.MULTILINE)
    assert listed == [look.about for look in example().second_looks]
    assert text.count("content/decisions.yml, line ") == len(listed)


def test_every_reason_has_its_sentence() -> None:
    decisions = {
        "services": [
            {"service": "a", "decision": "decline", **BOARD, "when": "2027-01-01"},
            {"service": "b", "decision": "defer", **BOARD, "until": "2027-01-30"},
        ]
    }
    services = [lifting("a", ("x", 1)), lifting("b", ("z", 1))]
    found = shown({"x": (2, 3), "z": (2, 3)}, services, decisions, priorities={"x": "H"})
    text = section(found["method/decisions.md"], "Decisions to look at again")
    assert "older than the current assessment" in text
    assert "Nothing else that is not declined closes the gap in [X](../gaps/x.md)" in text
    assert "has passed" in text
    assert "To be looked at again" in found["services/a.md"]
    assert "It is looked at again on 30 January 2027" in found["services/b.md"]
    assert "To be looked at again" in found["services/declined.md"]


def test_the_register_says_how_each_gap_is_closed() -> None:
    words = {"fully": "fully", "partly": "partly", "hand-off": "not by the PMO", "accepted": "accepted", "open": "open"}
    text = section(pages(rendered())["gaps/index.md"], "How each gap is closed")
    rows = dict(re.findall(r"^\| \[[^\]]+\]\(([a-z-]+)\.md\) \| \*\*([a-zA-Z ]+)\*\*", text, re.MULTILINE))
    assert rows == {closure.aspect: words[closure.how] for closure in example().closures}


def test_what_a_pmo_cannot_close_says_so_though_services_help() -> None:
    services, closable = [lifting("a", ("x", 1))], {"x": "not"}
    page = shown({"x": (2, 3)}, services, hand_off("proposed"), pmo_can_close=closable)["gaps/x.md"]
    assert "A PMO cannot close this gap" in page
    assert "Services may help, by up to 1 level" in page
    assert "It is handed off." in page
    page = shown({"x": (2, 3)}, services, hand_off("refused"), pmo_can_close=closable)["gaps/x.md"]
    assert "So far nobody is asked." in page
    page = shown({"x": (2, 3)}, services, accepted("2028-01-01"), pmo_can_close=closable)["gaps/x.md"]
    assert "It is accepted for now." in page


def test_the_page_of_an_entity_can_be_sent_as_it_is() -> None:
    """Who we are, what is asked, why in plain words, who answers for it, when, and how to answer."""
    workspace = example().workspace
    for hand_off_made in workspace.decisions.hand_offs:
        page = pages(rendered())[f"hand-offs/{hand_off_made.entity}.md"]
        words = " ".join(page.replace("&#58;", ":").replace("&#46;", ".").split())
        assert " ".join(workspace.settings.about.split()) in words
        assert hand_off_made.contact in words
        assert " ".join(hand_off_made.asked.split()) in words
        for aspect in hand_off_made.aspects:
            entry = workspace.find("aspects", aspect)
            gap = Book(example()).gap(aspect)
            assert gap is not None
            assert entry.levels[int(gap.current) - 1] in words
        assert "How to answer" in page


def test_what_is_settled_asks_for_no_answer() -> None:
    services = [lifting("a", ("x", 1))]
    assert "How to answer" not in shown({"x": (2, 3)}, services, hand_off("done"))["hand-offs/finance.md"]
    assert "How to answer" in shown({"x": (2, 3)}, services, hand_off("proposed"))["hand-offs/finance.md"]


def test_how_the_pmo_follows_up_is_told() -> None:
    decisions = hand_off()
    decisions["hand_offs"][0]["follow_up"] = "We ask every Monday."
    page = shown({"x": (2, 3)}, [lifting("a", ("x", 1))], decisions)["hand-offs/finance.md"]
    assert "How we follow up: We ask every Monday." in page
