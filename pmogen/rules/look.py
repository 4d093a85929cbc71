"""PMO96x: how the site looks."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.contrast import DARK_PAGES, LIGHT_PAGES, READABLE, WHITE, least_contrast
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO961", "warning")
def pale_colour(facts: Facts) -> Iterator[Finding]:
    """A colour of the playbook does not stand out enough to be read.

    Words need a contrast of 4.5 to what they stand on (WCAG 2.2, level AA): the header's white words on `primary`,
    links in `accent` on white pages, links in `accent_dark` on dark ones.

    Wrong:
        content/playbook.yml:
          colours: {primary: "#12505b", accent: "#7fd0dd"}

    Right:
        content/playbook.yml:
          colours: {primary: "#12505b", accent: "#0d6170"}
    """
    colours = facts.workspace.settings.colours
    for field, pages, darker in (
        ("primary", (WHITE,), True),
        ("accent", LIGHT_PAGES, True),
        ("accent_dark", DARK_PAGES, False),
    ):
        colour = getattr(colours, field)
        reached = READABLE if colour is None else least_contrast(colour, pages)
        if reached < READABLE:
            where = {"primary": "white words on it", "accent": "links on light pages"}.get(field, "links on dark pages")
            yield Finding(
                f"`{field}` {colour} has a contrast of {reached:.1f} for {where}, and needs {READABLE}",
                facts.span("playbook", "colours", field),
                f"take a {'darker' if darker else 'lighter'} shade",
            )


RULES = (pale_colour,)
