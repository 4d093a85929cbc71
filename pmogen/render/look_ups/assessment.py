"""The assessment and its gaps, by aspect."""

from __future__ import annotations

from functools import cached_property

from pmogen.analysis.closure import Closure
from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.services import Closing
from pmogen.analysis.trend import Trend
from pmogen.model.assessment import AspectAssessment
from pmogen.model.catalogue import Aspect, Dimension
from pmogen.model.decisions import AcceptedGap
from pmogen.model.method import LevelName
from pmogen.render.look_ups.basis import Basis
from pmogen.render.look_ups.grouping import by, first


class AssessmentLookUps(Basis):
    """Look-ups of levels and gaps; None for what does not exist."""

    def aspect(self, identifier: str) -> Aspect | None:
        found: Aspect | None = self.workspace.find("aspects", identifier)
        return found

    def dimension(self, identifier: str) -> Dimension | None:
        found: Dimension | None = self.workspace.find("dimensions", identifier)
        return found

    @cached_property
    def _levels(self) -> dict[str, AspectLevel]:
        return by(self.playbook.levels, "aspect")

    def level(self, aspect: str) -> AspectLevel | None:
        return self._levels.get(aspect)

    @cached_property
    def _stated(self) -> dict[str, AspectAssessment]:
        return by(self.assessment.aspects, "aspect")

    def stated(self, aspect: str) -> AspectAssessment | None:
        """What the current assessment says about the aspect."""
        return self._stated.get(aspect)

    def earlier(self, aspect: str) -> tuple[tuple[str, AspectLevel], ...]:
        """Levels of the aspect in earlier assessments, with their dates, oldest first."""
        return tuple(
            (date, level) for date, levels in self.playbook.earlier for level in levels if level.aspect == aspect
        )

    @cached_property
    def _trends(self) -> dict[str, Trend]:
        return by(self.playbook.trends, "aspect")

    def trend(self, aspect: str) -> Trend | None:
        """How the aspect has changed; None while there is only one assessment."""
        return self._trends.get(aspect)

    @cached_property
    def _gaps(self) -> dict[str, Gap]:
        return by(self.playbook.gaps, "aspect")

    def gap(self, aspect: str) -> Gap | None:
        """The entry of the gap register; it may be a strength or no gap."""
        return self._gaps.get(aspect)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps by rank, without strengths and what is no gap."""
        return tuple(gap for gap in self.playbook.gaps if gap.kind == "gap")

    @cached_property
    def _closings(self) -> dict[str, Closing]:
        return by(self.playbook.choice.closings, "aspect")

    def closing(self, aspect: str) -> Closing | None:
        return self._closings.get(aspect)

    @cached_property
    def _closures(self) -> dict[str, Closure]:
        return by(self.playbook.closures, "aspect")

    def closure(self, aspect: str) -> Closure | None:
        """How the gap is closed by what is planned."""
        return self._closures.get(aspect)

    def accepted(self, aspect: str) -> AcceptedGap | None:
        return self._accepted.get(aspect)

    @cached_property
    def _accepted(self) -> dict[str, AcceptedGap]:
        return first(self.decisions.accepted_gaps, "aspect")

    def level_name(self, number: int) -> LevelName:
        """The step of the scale, 1 to 5."""
        return next(entry for entry in self.method.levels if entry.level == number)
