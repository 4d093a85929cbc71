"""Who may be shown: what keeps single answers from being worked out of what is published.

People answer honestly when nobody can find out what they said. Nothing published may therefore depend on
the answers of fewer people than the minimum group (`method.privacy.minimum_group`), neither directly nor by
subtraction. docs/privacy.md tells the same story to readers. The attacks, and what stands against each:

1. *A small group is listed.* Groups with fewer levels than the minimum are folded together into `other`;
   where even together they are too few, they are withheld (`cells`).
2. *A fold of one.* Two groups at least are in every fold: one alone is under the minimum, so it is withheld.
3. *Total less the groups shown.* No figure counts a withheld answer: level, target, importance, spread, deviation
   and the number of answers are made from the groups that are shown, and from nothing else.
4. *Mean times number, less the medians shown.* The same: the mean is one of the medians that stand beside it.
5. *Counts of `do not know` and `not applicable`.* They count people of the groups shown only.
6. *The note that something is withheld.* It stands wherever a group of the assessment is not shown for an aspect,
   whether it was asked, answered, or said that it does not know; so it does not tell who kept silent. That a group
   took part in the assessment at all is no secret.
7. *Target and importance.* Each is its own question with its own cells: a group with too few targets is not
   counted among the targets, even where its levels are shown.
8. *Two assessments.* Of earlier ones only level and target are published (`in_the_past`). When answers are carried
   over from one to the other and few people come or go, the difference of the two would show what those few
   said: such a pair is refused (`told_apart`, PMO805).
9. *Comments.* They name a style and a situation. Only those that a moderator marks are read, and they are shown in
   alphabetical order without group; respondents' codes never leave the model.
10. *A group called `other`.* It joins the fold, so that a fold cannot be told from it.

What this does not stop: people of one fold who put their own answers together; everybody of a group having said the
same, which its median shows; two sites built from one assessment while answers still came in; and the CSV
file itself, which whoever may read the repository may read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from pmogen.model.assessment import Respondent
from pmogen.model.workspace import DatedAssessment

OTHER = "other"
"""Name of the group into which groups under the minimum are folded."""

CARRIED_OVER_FROM = Fraction(9, 10)
"""Share of answers that are the same in two assessments, from which one counts as copied from the other.

A copied file changes next to nothing; people who are really asked again never say nine things in ten the same.
"""


def cells(sizes: Mapping[str, int], minimum: int) -> dict[str, str]:
    """Under which name each group is published; a group that is missing here is withheld.

    `sizes` are answers by group. Groups under the minimum become `other` when together they reach it.
    """
    large = {group for group, size in sizes.items() if size >= minimum and group != OTHER}
    small = sizes.keys() - large
    enough = sum(sizes[group] for group in small) >= minimum
    return {group: group for group in sorted(large)} | (dict.fromkeys(sorted(small), OTHER) if enough else {})


def cells_of(rows: Iterable[Respondent], minimum: int) -> dict[str, str]:
    """Under which name each group is published among the current levels of one aspect."""
    sizes: Counter[str] = Counter()
    for row in rows:
        sizes[row.group] += row.current is not None
    return cells(sizes, minimum)


def _people(rows: Iterable[Respondent], minimum: int) -> Iterator[frozenset[str]]:
    """The respondents whose levels a published figure of one aspect is made from: one set a cell."""
    rows = tuple(rows)
    shown = cells_of(rows, minimum)
    for cell in sorted(set(shown.values())):
        yield frozenset(row.respondent for row in rows if row.current is not None and shown.get(row.group) == cell)


def carried_over(earlier: Iterable[Respondent], later: Iterable[Respondent], minimum: int) -> bool:
    """True when one file of answers is a copy of the other but for a few rows."""
    before, now = (
        {(row.respondent, row.aspect): (row.current_told, row.current) for row in rows} for rows in (earlier, later)
    )
    common = before.keys() & now.keys()
    same = sum(before[key] == now[key] for key in common)
    return len(common) >= minimum and same >= CARRIED_OVER_FROM * len(common)


def told_apart(earlier: DatedAssessment, later: DatedAssessment, minimum: int) -> tuple[str, ...]:
    """Aspects where subtracting one assessment from the other leaves the answers of fewer people than the minimum."""
    if not carried_over(earlier.answers, later.answers, minimum):
        return ()
    found = []
    for aspect in sorted({row.aspect for row in earlier.answers} & {row.aspect for row in later.answers}):
        before, now = (
            tuple(_people((row for row in dated.answers if row.aspect == aspect), minimum))
            for dated in (earlier, later)
        )
        rests = [len(rest) for one in before for other in now if one & other for rest in (one - other, other - one)]
        if any(0 < rest < minimum for rest in rests):
            found.append(aspect)
    return tuple(found)
