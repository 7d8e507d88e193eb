"""Templates cast in one piece for one language, as a printer casts a page that he prints ten thousand times.

Parents, blocks, included parts and translations are put in when a template is compiled, not on every page, and what
it says in Python is plainer. The templates are the same ones that dynamic pages use, and say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from jinja2 import Environment, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_HOLE = re.compile(r"%\((\w+)\)s")
_needs_escape = re.compile("[&<>\"']").search
_WITH_CONTEXT = ("ngettext", "npgettext", "pgettext")
_NOTHING = Undefined()


class Foundry(Environment):
    """An environment that can cast its templates."""

    language = ""  # in which they are cast; "" leaves them as they are written

    def cast(self, language: str) -> Foundry:
        """These templates in a language. What they extend and include must be named outright."""
        found: Foundry = self.overlay()  # type: ignore[assignment]
        found.language = language
        found.code_generator_class = _Caster
        found.filters = {**self.filters, "day": partial(self.filters["day"], language=language)}
        return found

    def fill(self, name: str, values: Mapping[str, Any]) -> str:
        """A page by a template, from values and globals: what `render` makes, without a new dictionary of globals."""
        template = self.get_template(name)
        try:
            return "".join(template.root_render_func(template.new_context(values, shared=True)))
        except Exception:
            self.handle_exception()

    def written(self, name: str) -> nodes.Template:
        source, filename, _ = self.loader.get_source(self, name)  # type: ignore[union-attr]
        return super()._parse(source, name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if not self.language:
            return template
        with translation.override(self.language):
            return _Mould(self).fill(template)


class _Mould(NodeTransformer):
    """Puts a template's pieces together."""

    def __init__(self, env: Foundry) -> None:
        self.env = env
        self.blocks: dict[str, nodes.Block] = {}

    def fill(self, template: nodes.Template) -> nodes.Template:
        before: list[nodes.Node] = []  # what a child says to its parents, outside their blocks
        while parent := next(template.find_all(nodes.Extends), None):
            for block in template.find_all(nodes.Block):
                self.blocks.setdefault(block.name, block)
            before = [one for one in template.body if isinstance(one, nodes.Assign)] + before
            template = self.env.written(parent.template.as_const())
        template.body[:0] = before
        self.visit(template)
        return template.set_environment(self.env)  # type: ignore[return-value]

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self.generic_visit(nodes.Scope(self.blocks.get(node.name, node).body, lineno=node.lineno))

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        part = self.env.written(node.template.as_const())  # type: ignore[attr-defined]
        return self.generic_visit(nodes.Scope(part.body, lineno=node.lineno))

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Words are translated now; what varies in them is filled in on the page. Plurals wait for their number."""
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "gettext"):
            return node
        values = {one.key: one.value for one in node.kwargs}
        pieces = list(_pieces(gettext(node.args[0].as_const()), values))
        return nodes.Concat(pieces) if values else pieces[0]


def _pieces(said: str, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    for place, piece in enumerate(_HOLE.split(said)):
        if place % 2:
            yield values[piece]
        elif piece:
            yield nodes.MarkSafeIfAutoescape(nodes.Const(piece.replace("%%", "%")))


class _Caster(CodeGenerator):
    """Writes attributes and calls as Python has them, without Jinja's ways around: our templates need none of them."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline("from tamizdat.reader.casting import _NOTHING as nothing, escaped as escape")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, nothing)")

    def visit_Call(self, node: nodes.Call, frame: Frame, **how: Any) -> None:
        if how or node.dyn_args or getattr(node.node, "name", "") in _WITH_CONTEXT:
            super().visit_Call(node, frame, **how)
            return
        self.visit(node.node, frame)
        self.write("(")
        for one in (*node.args, *node.kwargs):
            self.visit(one, frame)
            self.write(", ")
        self.write(")")


def escaped(value: Any) -> str:
    """What MarkupSafe makes of a value; most have nothing to be escaped, and seeing that is quicker."""
    kind = type(value)
    if kind is Markup or (kind is str and not _needs_escape(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)
