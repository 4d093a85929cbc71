"""Messages of templates are said when a template is compiled, as that is done for each language: only values are left for later."""

from __future__ import annotations

from jinja2 import nodes

from pmogen.language import pieces, spoken

_TEXTS = {"_": 1, "pgettext": 2}
"""Functions that say a message, and how many texts they take: a context comes before the message."""


def own_names(template: nodes.Template) -> frozenset[str]:
    """Names to which a template itself gives a meaning."""
    named = (name.name for name in template.find_all(nodes.Name) if name.ctx != "load")
    macros = (macro.name for macro in template.find_all(nodes.Macro))
    modules = (module.target for module in template.find_all(nodes.Import))
    parts = (
        part[-1] if isinstance(part, tuple) else part
        for some in template.find_all(nodes.FromImport)
        for part in some.names
    )
    return frozenset((*named, *macros, *modules, *parts))


def said(call: nodes.Node, taken: frozenset[str]) -> list[nodes.Expr] | None:
    """The words of a message and its values, in the order in which they are shown.

    None where that is not known yet, or not the same: for what is no message, for a function whose name is `taken`,
    for a message that says one of its values never, or twice, and for values that Jinja2 would escape itself, as they are
    constants.
    """
    message = None if not isinstance(call, nodes.Call) or call.dyn_args or call.dyn_kwargs else _message(call, taken)
    if message is None or not isinstance(call, nodes.Call):
        return None
    shown, values = pieces(message), {entry.key: entry.value for entry in call.kwargs}
    if sorted(shown[1::2]) != sorted(values) or any(map(_is_constant, values.values())):
        return None
    found: list[nodes.Expr] = []
    for number, piece in enumerate(shown):
        if number % 2:
            found.append(values[piece])
        elif piece:
            found.append(nodes.TemplateData(piece, lineno=call.lineno))
    return found


def _is_constant(value: nodes.Expr) -> bool:
    try:
        value.as_const()
    except nodes.Impossible:
        return False
    return True


def _message(call: nodes.Call, taken: frozenset[str]) -> str | None:
    """The translated message of a call whose texts are all there."""
    called, texts = call.node, [each.value for each in call.args if isinstance(each, nodes.Const)]
    if not isinstance(called, nodes.Name) or called.name in taken or len(texts) != len(call.args):
        return None
    if _TEXTS.get(called.name) != len(texts) or not all(isinstance(text, str) for text in texts):
        return None
    return spoken().said(texts[-1], *texts[:-1])
