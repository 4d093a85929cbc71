"""Customers with what they expect, and what is handed off to others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pmogen.model.decisions import Entity, HandOff
from pmogen.model.foundation import Answer, Customer, ExpectedBenefit
from pmogen.render.look_ups.grouping import by, grouped
from pmogen.render.look_ups.services import ServiceLookUps


@dataclass(frozen=True)
class Expected:
    """An expected benefit and the customer who expects it."""

    customer: Customer
    benefit: ExpectedBenefit


class CustomerLookUps(ServiceLookUps):
    """Look-ups of expectations and hand-offs; None or nothing for what does not exist."""

    @cached_property
    def benefits(self) -> tuple[ExpectedBenefit, ...]:
        """All expected benefits, in the order of the customers."""
        return tuple(benefit for customer in self.foundation.customers for benefit in customer.expects)

    @cached_property
    def _expected(self) -> dict[str, Expected]:
        return {
            benefit.id: Expected(customer, benefit)
            for customer in self.foundation.customers
            for benefit in customer.expects
        }

    def expected(self, benefit: str) -> Expected | None:
        """The expected benefit and its customer."""
        return self._expected.get(benefit)

    def benefits_for(self, aspect: str) -> tuple[Expected, ...]:
        """Who expects what of the aspect, the heaviest first."""
        return tuple(sorted(self._hoped.get(aspect, ()), key=lambda expected: -expected.benefit.weight))

    @cached_property
    def _hoped(self) -> dict[str, tuple[Expected, ...]]:
        all_expected = self._expected.values()
        return grouped(
            (aspect, expected) for expected in all_expected for aspect in dict.fromkeys(expected.benefit.aspects)
        )

    def customer(self, identifier: str) -> Customer | None:
        return next((entry for entry in self.foundation.customers if entry.id == identifier), None)

    def customers_for(self, service: str) -> tuple[Customer, ...]:
        """Customers with an expectation on an aspect whose gap the service closes."""
        candidate = self.candidate(service)
        aspects = {aspect for aspect, _ in candidate.closes} if candidate else set()
        return tuple(
            customer
            for customer in self.foundation.customers
            if any(aspects.intersection(benefit.aspects) for benefit in customer.expects)
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers of the foundation by question."""
        return by(self.foundation.answers, "question")

    def entity(self, identifier: str) -> Entity | None:
        return next((entry for entry in self.decisions.entities if entry.id == identifier), None)

    def hand_off(self, identifier: str) -> HandOff | None:
        return next((entry for entry in self.decisions.hand_offs if entry.id == identifier), None)

    def hand_offs_for(self, aspect: str) -> tuple[HandOff, ...]:
        return self._handed_off.get(aspect, ())

    @cached_property
    def _handed_off(self) -> dict[str, tuple[HandOff, ...]]:
        hand_offs = self.decisions.hand_offs
        return grouped((aspect, entry) for entry in hand_offs for aspect in dict.fromkeys(entry.aspects))

    def hand_offs_of(self, entity: str) -> tuple[HandOff, ...]:
        """Hand-offs to the entity, the earliest due first."""
        found = [entry for entry in self.decisions.hand_offs if entry.entity == entity]
        return tuple(sorted(found, key=lambda entry: (entry.due, entry.id)))
