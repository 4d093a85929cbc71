"""The languages a site can have: those that both the theme and the Unicode locale data know."""

from __future__ import annotations

ENGLISH = "en"
"""The language that pmogen's own words are written in."""

LANGUAGES = (
    *("af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi"),
    *("fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kn", "ko", "lb", "lt", "lv", "mk", "mn"),
    *("ms", "my", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru", "sa", "si", "sk", "sl", "sq", "sr", "sv", "ta"),
    *("te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant", "zh-TW"),
)

TRANSLATED = ("de", "es")
"""Languages that pmogen's own words were translated to: each has a folder in pmogen/locale/."""
