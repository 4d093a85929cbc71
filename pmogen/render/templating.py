"""How templates of pages are compiled: what they print is `Md`, and no more is done at each call than has to be."""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro, Undefined
from jinja2.utils import missing
from markupsafe import Markup

from pmogen.render.markdown import Md
from pmogen.render.messages import own_names, said

_OF_JINJA = frozenset({"super", "self", "caller", "loop"})
"""Names whose calls give plain `Markup`, or want to know their context."""


def finalize(value: Any) -> Md:
    """Escapes what a template prints for Markdown; trusted Markdown passes, an undefined name is an error."""
    if type(value) is Md:
        return value
    if isinstance(value, Undefined):
        str(value)
    return Md.escape(value)


class MarkdownMacro(Macro):
    """A macro. What it gives is trusted Markdown, so that joining it with text escapes for Markdown."""

    def __call__(self, *args: Any, **kwargs: Any) -> Md:
        left_out = self._argument_count - len(args)
        if kwargs or left_out < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return Md(super().__call__(*args, **kwargs))
        return Md(self._func(*args, *(missing,) * left_out))


class _MarkdownCode(CodeGenerator):
    """Compiles templates so that `{% set %}` blocks, `~` and macros give `Md`, which escapes for Markdown."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        super().writeline(x, node, extra)
        if x.startswith("from jinja2.runtime import "):
            super().writeline("from pmogen.render.markdown import Md, Md as Markup, joined as markup_join")
            super().writeline("from pmogen.render.templating import MarkdownMacro as Macro, finalize")
            super().writeline("escape = Md.escape")

    def _output_child_pre(self, *_about: object) -> None:
        """What `finalize` gives is escaped already."""
        self.write("finalize(")

    def _output_child_post(self, *_about: object) -> None:
        self.write(")")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja2's name)
        self._taken = own_names(node)
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 (Jinja2's name)
        """The words of a message are printed like those of the template around it."""
        printed = [piece for child in node.nodes for piece in said(child, self._taken) or (child,)]
        super().visit_Output(nodes.Output(printed, lineno=node.lineno), frame)

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 (Jinja2's name)
        """Calls without asking first what is called wants to know of the template: nothing of ours does."""
        pieces = said(node, self._taken)
        if pieces is not None:
            self._write_joined(pieces, frame)
            return
        if forward_caller or not _is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _write_joined(self, pieces: list[nodes.Expr], frame: Frame) -> None:
        if len(pieces) == 1 and isinstance(pieces[0], nodes.TemplateData):
            self.visit(pieces[0], frame)
            return
        self.write("markup_join((")
        for piece in pieces:
            self.visit(piece, frame)
            self.write(", ")
        self.write("))")


def _is_plain(node: nodes.Call) -> bool:
    called = node.node
    while isinstance(called, nodes.Getattr | nodes.Getitem):
        called = called.node
    named = isinstance(called, nodes.Name) and called.name not in _OF_JINJA
    return named and not (node.dyn_args or node.dyn_kwargs or any(iskeyword(entry.key) for entry in node.kwargs))


class _MarkdownContext(Context):
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The same for what Jinja2 itself offers to be called."""
        result = super().call(obj, *args, **kwargs)
        return Md(result) if type(result) is Markup else result


class MarkdownEnvironment(Environment):
    """An environment of templates that print Markdown."""

    code_generator_class = _MarkdownCode
    context_class = _MarkdownContext
