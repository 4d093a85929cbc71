"""Random small organisations: everything a roadmap may hold, some of it odd."""

from __future__ import annotations

from hypothesis import strategies as st

from pmogen.model.workspace import Workspace
from tests.planning.builders import launched, limit, organisation, roles, service, wave

ASPECTS = ("risk", "cost", "scope")
LEVELS = st.sampled_from([1, 1.5, 2, 7 / 3, 3, 4, 5])
AUDIENCES = ("managers", "sponsors")
LOADS = st.dictionaries(st.sampled_from(AUDIENCES), st.sampled_from(["low", "medium", "high"]), max_size=2)


@st.composite
def organisations(draw: st.DrawFn, services: int = 7, waves: int = 4) -> Workspace:
    """An organisation with up to so many services and waves; `round(..., 4)` keeps thirds readable."""
    names = [f"s{number}" for number in range(draw(st.integers(1, services)))]
    count = draw(st.integers(1, waves))
    finished = draw(st.integers(0, count))
    in_waves = st.sampled_from([f"w{number}" for number in range(1, count + 2)])
    history = {name: draw(st.integers(1, count)) for name in names if draw(st.integers(0, 5)) == 0}
    return organisation(
        *(draw(_services(name, names)) for name in names),
        roadmap=tuple(draw(_waves(number, finished, history)) for number in range(1, count + 1)),
        gaps={
            aspect: (round(draw(LEVELS), 4), draw(st.sampled_from([2, 3, 4.5, 5])), draw(st.sampled_from("LMH")))
            for aspect in ASPECTS[: draw(st.integers(1, 3))]
        },
        decided=draw(st.dictionaries(st.sampled_from(names), st.sampled_from(["offer", "offer", "decline", "defer"]))),
        limits=[
            limit(
                audience,
                draw(st.none() | st.integers(0, 20)),
                draw(st.dictionaries(in_waves, st.integers(0, 12), max_size=2)),
                draw(st.dictionaries(in_waves, st.just("Busy"), max_size=1)),
            )
            for audience in AUDIENCES
        ],
        pins=draw(st.dictionaries(st.sampled_from(names), in_waves, max_size=2)),
        deadlines=draw(st.dictionaries(st.sampled_from(names), in_waves, max_size=1)),
        together=draw(st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3), max_size=1)),
        alternatives=draw(st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3), max_size=1)),
        accepted=draw(st.lists(st.sampled_from(ASPECTS), max_size=1)),
        not_before=draw(st.dictionaries(st.sampled_from(names), in_waves, max_size=1)),
        capacity={
            "build_share": draw(st.sampled_from([0.5, 0.6, 1])),
            "run_share": draw(st.sampled_from([0.5, 0.85, 1])),
            "build_waves": draw(st.integers(1, 3)),
            "absence_rate": 0.16,
        },
        change={"high_per_wave": draw(st.integers(0, 2))},
    )


@st.composite
def _services(draw: st.DrawFn, name: str, names: list[str]):
    return service(
        name,
        draw(
            st.dictionaries(
                st.sampled_from([*ASPECTS, "elsewhere"]), st.sampled_from([0.4, 1, 2.5]), min_size=1, max_size=2
            )
        ),
        days=draw(st.sampled_from([0, 3.3, 10, 25, 40, 75])),
        run=draw(st.sampled_from([0, 0, 0.1, 0.33, 0.8])),
        asks=draw(LOADS),
        requires=draw(st.lists(st.sampled_from([*names, "ghost"]), max_size=1)) if draw(st.booleans()) else (),
        same_wave=draw(st.lists(st.sampled_from(names), max_size=1)) if draw(st.booleans()) else (),
        up_to=draw(st.sampled_from([3, 4, 5])),
        by=draw(st.sampled_from([("pmo-head",), ("coach",), ("coach", "planner")])),
    )


@st.composite
def _waves(draw: st.DrawFn, number: int, finished: int, history: dict[str, int]):
    status = (
        "finished" if number <= finished else "running" if number == finished + 1 and draw(st.booleans()) else "planned"
    )
    went_live = [
        launched(name, draw(st.sampled_from([None, 5, 90]))) for name, when in history.items() if when == number
    ]
    return wave(
        number,
        fte=draw(st.sampled_from([0, 0.5, 1, 2.25])),
        weeks=draw(st.sampled_from([4, 13, 13, 13])),
        status=status,
        launched=tuple(went_live),
        roles=draw(st.sampled_from([(), (), roles(coach=0.25), roles(coach=0.5, planner=0.1)])),
    )
