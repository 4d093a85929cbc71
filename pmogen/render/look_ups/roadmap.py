"""Waves, with what is built, launched and asked of people in them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pmogen.model.catalogue import Audience
from pmogen.model.roadmap import Launched, Wave
from pmogen.planning.plan import Absence, ChangeLoad, Placement, Projected, WaveUse
from pmogen.render.look_ups.basis import Basis
from pmogen.render.look_ups.grouping import by, first, grouped


@dataclass(frozen=True)
class WorkOn:
    """Person-days of building one service in one wave."""

    placement: Placement
    days: Fraction


class RoadmapLookUps(Basis):
    """Look-ups of waves and placements; None or nothing for what does not exist."""

    @property
    def waves(self) -> tuple[Wave, ...]:
        return self.roadmap.waves

    def wave(self, identifier: str) -> Wave | None:
        return self._waves.get(identifier)

    @cached_property
    def _waves(self) -> dict[str, Wave]:
        return first(self.waves, "id")

    def wave_number(self, identifier: str) -> int:
        """The wave's place, from 1."""
        return self._wave_numbers[identifier]

    @cached_property
    def _wave_numbers(self) -> dict[str, int]:
        return {wave: place for place, wave in enumerate(self._waves, 1)}

    @cached_property
    def next_wave(self) -> Wave | None:
        """The first wave that is not finished: running, or the next to start."""
        return next((wave for wave in self.waves if wave.status != "finished"), None)

    @cached_property
    def _placements(self) -> dict[str, Placement]:
        return by(self.plan.placements, "service")

    def placement(self, service: str) -> Placement | None:
        return self._placements.get(service)

    @cached_property
    def _absences(self) -> dict[str, Absence]:
        return by(self.plan.absences, "service")

    def absence(self, service: str) -> Absence | None:
        return self._absences.get(service)

    def wave_services(self, wave: str) -> tuple[Placement, ...]:
        """What launches in the wave."""
        return self._launches.get(wave, ())

    @cached_property
    def _launches(self) -> dict[str, tuple[Placement, ...]]:
        return grouped((placement.wave, placement) for placement in self.plan.placements)

    def wave_work(self, wave: str) -> tuple[WorkOn, ...]:
        """What is built in the wave, with its person-days there, launches of the wave first."""
        found = [
            WorkOn(placement, work.days)
            for placement in self.plan.placements
            for work in placement.work
            if work.wave == wave and work.days
        ]
        return tuple(sorted(found, key=lambda work: (work.placement.wave != wave, work.placement.service)))

    def launched(self, service: str) -> Launched | None:
        """What really happened with a service that went live."""
        return self._launched.get(service)

    @cached_property
    def _launched(self) -> dict[str, Launched]:
        return first((entry for wave in self.waves for entry in wave.launched), "service")

    @cached_property
    def live(self) -> tuple[Placement, ...]:
        """Services that are live: launched in a finished wave."""
        finished = {wave.id for wave in self.waves if wave.status == "finished"}
        return tuple(placement for placement in self.plan.placements if placement.wave in finished)

    @cached_property
    def _uses(self) -> dict[str, WaveUse]:
        return by(self.plan.uses, "wave")

    def use(self, wave: str) -> WaveUse | None:
        return self._uses.get(wave)

    def loads(self, wave: str) -> tuple[ChangeLoad, ...]:
        """Change load of every audience in the wave."""
        return self._loads.get(wave, ())

    @cached_property
    def _loads(self) -> dict[str, tuple[ChangeLoad, ...]]:
        return grouped((load.wave, load) for load in self.plan.loads)

    def load(self, wave: str, audience: str) -> ChangeLoad | None:
        return next((load for load in self.loads(wave) if load.audience == audience), None)

    @cached_property
    def audiences(self) -> tuple[Audience, ...]:
        """Audiences that something is asked of in some wave, in the order of the catalogue."""
        touched = {load.audience for load in self.plan.loads if load.points or load.black_out}
        return tuple(audience for audience in self.catalogue.audiences if audience.id in touched)

    @cached_property
    def _projected(self) -> dict[str, Projected]:
        return by(self.plan.projected, "aspect")

    def projected(self, aspect: str) -> Projected | None:
        return self._projected.get(aspect)

    def level_after(self, aspect: str, wave: str) -> Fraction | None:
        """Projected level of the aspect at the end of the wave."""
        projected = self.projected(aspect)
        return dict(projected.after).get(wave) if projected else None
