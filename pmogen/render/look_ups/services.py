"""Services, what they close and who is part of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pmogen.analysis.loss import Loss
from pmogen.analysis.no_limits import NoLimits, without_limits
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.second_look import SecondLook
from pmogen.analysis.services import Candidate, DecisionState, NotApplicable, expected_days
from pmogen.model.catalogue import Service
from pmogen.model.decisions import ServiceDecision
from pmogen.planning.plan import Placement
from pmogen.render.look_ups.basis import Basis
from pmogen.render.look_ups.grouping import by, grouped


@dataclass(frozen=True)
class Lifted:
    """A service that closes part of a gap: by how many levels, alone."""

    service: Service
    closes: Fraction


class ServiceLookUps(Basis):
    """Look-ups of services; None or nothing for what does not exist."""

    def service(self, identifier: str) -> Service | None:
        found: Service | None = self.workspace.find("services", identifier)
        return found

    @cached_property
    def _candidates(self) -> dict[str, Candidate]:
        return by(self.playbook.choice.candidates, "service")

    def candidate(self, service: str) -> Candidate | None:
        return self._candidates.get(service)

    @cached_property
    def _margins(self) -> dict[str, Margin]:
        return by(self.playbook.margins, "service")

    def margin(self, service: str) -> Margin | None:
        """What a candidate adds to all that is offered."""
        return self._margins.get(service)

    @cached_property
    def _losses(self) -> dict[str, Loss]:
        return by(self.playbook.losses, "service")

    def loss(self, service: str) -> Loss | None:
        """What is lost without the service."""
        return self._losses.get(service)

    def second_looks(self, part: str, about: str) -> tuple[SecondLook, ...]:
        """Why the decision on a service (`services`) or an accepted gap (`accepted_gaps`) is to be looked at again."""
        return self._second_looks.get((part, about), ())

    @cached_property
    def _second_looks(self) -> dict[tuple[str, str], tuple[SecondLook, ...]]:
        return grouped(((look.part, look.about), look) for look in self.playbook.second_looks)

    @cached_property
    def no_limits(self) -> NoLimits:
        """What would be chosen if money and time were no limit."""
        return self.playbook.no_limits or without_limits(self.workspace, self.playbook.gaps)

    @cached_property
    def _not_applicable(self) -> dict[str, NotApplicable]:
        return by(self.playbook.choice.not_applicable, "service")

    def not_applicable(self, service: str) -> NotApplicable | None:
        return self._not_applicable.get(service)

    @cached_property
    def _decided(self) -> dict[str, ServiceDecision]:
        return by(self.decisions.services, "service")

    def decision(self, service: str) -> ServiceDecision | None:
        """The decision on the service (the last in the file counts), or None while it is undecided."""
        return self._decided.get(service)

    def decision_state(self, service: str) -> DecisionState:
        decision = self.decision(service)
        return decision.decision if decision else "undecided"

    def decisions_on(self, service: str) -> tuple[tuple[int, ServiceDecision], ...]:
        """All decisions on the service with their places in the file."""
        return self._decisions.get(service, ())

    @cached_property
    def _decisions(self) -> dict[str, tuple[tuple[int, ServiceDecision], ...]]:
        return grouped((entry.service, (place, entry)) for place, entry in enumerate(self.decisions.services))

    @cached_property
    def declined(self) -> tuple[ServiceDecision, ...]:
        """Decisions not to offer a service, in the order of the file."""
        return tuple(entry for entry in self._decided.values() if entry.decision == "decline")

    def expected_days(self, service: str) -> Fraction:
        """Expected person-days to establish the service."""
        return expected_days(self.workspace.service(service).establish_days)

    def services_for(self, aspect: str) -> tuple[Lifted, ...]:
        """Candidates that close part of the gap, the most first; declined ones are among them."""
        return tuple(sorted(self._closers.get(aspect, ()), key=lambda lifted: (-lifted.closes, lifted.service.id)))

    @cached_property
    def _closers(self) -> dict[str, tuple[Lifted, ...]]:
        return grouped(
            (aspect, Lifted(self.workspace.service(candidate.service), closes))
            for candidate in self.playbook.choice.candidates
            for aspect, closes in candidate.closes
        )

    def lifting(self, aspect: str) -> tuple[Service, ...]:
        """Services that lift the aspect, in the order of the catalogue."""
        return self._lifting.get(aspect, ())

    @cached_property
    def _lifting(self) -> dict[str, tuple[Service, ...]]:
        services = self.catalogue.services
        return grouped((aspect, service) for service in services for aspect in _lifted(service))

    def planned_for(self, aspect: str) -> tuple[Placement, ...]:
        """Placements of services that lift the aspect, in the order of waves."""
        return self._planned.get(aspect, ())

    @cached_property
    def _planned(self) -> dict[str, tuple[Placement, ...]]:
        services = ((placement, self.workspace.service(placement.service)) for placement in self.plan.placements)
        return grouped((aspect, placement) for placement, service in services for aspect in _lifted(service))

    def needed_by(self, service: str) -> tuple[Service, ...]:
        """Services that require this one, in an earlier or the same wave."""
        return self._needed_by.get(service, ())

    @cached_property
    def _needed_by(self) -> dict[str, tuple[Service, ...]]:
        services = self.catalogue.services
        needs = ((other, dict.fromkeys((*other.requires, *other.requires_same_wave))) for other in services)
        return grouped((needed, other) for other, all_needed in needs for needed in all_needed)

    def services_with(self, part: str, role: str) -> tuple[Service, ...]:
        """Services in which the role has this part: `accountable`, `responsible`, `consulted` or `informed`."""
        return self._by_role.get((part, role), ())

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], tuple[Service, ...]]:
        held = (
            (part, (roles,) if isinstance(roles, str) else roles, service)
            for service in self.catalogue.services
            for part, roles in service.roles
        )
        return grouped(((part, role), service) for part, roles, service in held for role in dict.fromkeys(roles))


def _lifted(service: Service) -> Iterable[str]:
    """The aspects that the service lifts, each once."""
    return dict.fromkeys(lift.aspect for lift in service.lifts)
