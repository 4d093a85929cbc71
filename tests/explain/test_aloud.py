"""What can be read aloud about services, waves and the roadmap."""

from __future__ import annotations

from pmogen.explain import aloud, wrapped
from tests.planning.builders import limit, organisation, plan, service

MADE = organisation(
    service("a", {"risk": 2}, days=0, asks={"managers": "medium"}),
    service("b", {"risk": 1}, days=0, asks={"managers": "medium"}),
    service("c", {"cost": 0.4}, days=5, up_to=2),
    service("d", {"cost": 0.4}, days=9, up_to=1.4),
    gaps={"risk": (1, 5, "H"), "cost": (1, 1.4, "L")},
    decided={"a": "offer", "c": "offer", "d": "offer"},
    limits=[limit("managers", 4)],
)
COVERED = organisation(
    service("c", {"cost": 1}, days=5),
    service("d", {"cost": 1}, days=9),
    gaps={"cost": (1, 2, "L")},
    decided={"d": "offer"},
)


def test_a_service_says_why_here_why_not_earlier_and_what_would_bring_it_forward():
    assert aloud(MADE, plan(MADE), "service:b") == (
        "B launches in Wave 2 (proposed, nobody has decided yet).",
        "  Beyond what earlier waves bring, it closes 1 of the 4 missing levels in Risk (high priority).",
        "  Not yet in Wave 1: For managers 3 of 4 change points are taken (A 3); it needs 3.",
        "Why not earlier, with everything else where it is:",
        "  Wave 1: For managers 3 of 4 change points are taken (A 3); it needs 3.",
        "    2 more change points for managers in Wave 1; then it could launch there.",
        "What would bring it forward:",
        "  2 more change points for managers in Wave 1; then it could launch there.",
        "  Try it: pmogen plan --what-if audience.managers.capacity@w1=+2",
    )


def test_an_absent_service_says_why_and_how_to_have_it_all_the_same():
    found = plan(COVERED)
    absent = next(entry.service for entry in found.absences)
    lines = aloud(COVERED, found, f"service:{absent}")
    assert lines[0] == f"{absent.upper()} is in no wave."
    assert lines[1].endswith("already closes all it would close.")
    assert lines[3:5] == (
        "What it would take:",
        "  To have it all the same, pin it to Wave 1: it fits there. It would close nothing more.",
    )
    assert lines[5] == f"  Try it: pmogen plan --what-if pin={absent}@w1"


def test_a_wave_says_what_launches_and_what_sets_its_pace():
    lines = aloud(MADE, plan(MADE), "wave:w1")
    assert lines[0] == "Wave 1, 2027-01-04 to 2027-04-04: -"
    assert "  A (offered)" in lines
    assert "  Managers: 3 of 4 change points (A 3). In the way of B." in lines
    assert lines[-1].endswith("are left.")


def test_the_roadmap_names_every_wave_its_proposals_and_what_is_offered_and_left_out():
    lines = aloud(MADE, plan(MADE), "roadmap:costs")
    assert [line for line in lines if line.startswith("Wave")][1] == "Wave 2: B (proposed)"
    assert any(line.startswith("  D: People offered it; the plan leaves it out because") for line in lines)


def test_other_subjects_have_nothing_to_say():
    assert aloud(MADE, plan(MADE), "gap:risk") == ()


def test_lines_are_wrapped_below_their_indent_and_commands_stay_whole():
    line = "  " + "word " * 20
    assert all(len(part) <= 40 for part in wrapped([line], 40))
    assert [part[:5] for part in wrapped([line], 40)][1:3] == ["    w", "    w"]
    command = "  Try it: pmogen plan " + "--what-if pin=a@w1 " * 9
    assert tuple(wrapped([command], 40)) == (command,)
