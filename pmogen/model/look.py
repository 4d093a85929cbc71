"""Colours and logo of the site, as content/playbook.yml sets them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pmogen.model.base import Model

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as in `"#12505b"`: quoted, as # begins a comment in YAML."""

Logo = Annotated[
    str, StringConstraints(pattern=r"^assets/([a-z0-9_-]+/)*[a-z0-9_-]+\u002e(svg|png|webp|jpg)$", max_length=200)
]


class Colours(Model):
    """Colours of the organisation."""

    primary: Colour | None = Field(default=None, description="Behind the white words of the header, as in `#12505b`.")
    accent: Colour | None = Field(default=None, description="Links and bars of charts, on light pages.")
    accent_dark: Colour | None = Field(
        default=None, description="The same on dark pages; default a lighter shade of `accent`."
    )
