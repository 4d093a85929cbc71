"""PMO96x: how the site looks."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.contrast import DARK_PAGES, LIGHT_PAGES, READABLE, WHITE, least_contrast
from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, in_figures, rule


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
            where = {"primary": _("white words on it"), "accent": _("links on light pages")}
            yield Finding(
                _(
                    "`{field}` {colour} has a contrast of {reached} for {where}, and needs {needed}",
                    field=field,
                    colour=colour,
                    reached=in_figures(reached, ".1f"),
                    where=where.get(field, _("links on dark pages")),
                    needed=in_figures(READABLE),
                ),
                facts.span("playbook", "colours", field),
                _("take a darker shade") if darker else _("take a lighter shade"),
            )


@rule("PMO962", "note")
def unknown_host(facts: Facts) -> Iterator[Finding]:
    """The address of the repository does not say what it runs on.

    Links to lines and to the editor look different on GitHub and on GitLab. While nobody says which it is, pages show file and
    line without a link. With `other` that is meant so.

    Wrong:
        content/playbook.yml: {repository: "https://git.example.org/team/playbook"}

    Right:
        content/playbook.yml: {repository: "https://git.example.org/team/playbook", host: gitlab}
    """
    settings = facts.workspace.settings
    if settings.repository is not None and settings.hosted_by is None:
        yield Finding(
            _("it cannot be told from its address whether the repository is on GitHub or GitLab"),
            facts.span("playbook", "repository"),
            _("say `host: github`, `host: gitlab` or `host: other`"),
        )


RULES = (pale_colour, unknown_host)
