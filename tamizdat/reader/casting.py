"""Templates cast in one piece, as a printer casts a page that he prints ten thousand times.

Parents, blocks and included parts are put in when a template is compiled, not on every page; words are looked up, not
translated; and what it says in Python is plainer. The templates are the same ones that dynamic pages use, and say the
same.
"""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import Any, cast

from django.utils import translation
from django.utils.translation import gettext
from jinja2 import BaseLoader, Environment, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_needs_escape = re.compile("[&<>\"']").search
_NOTHING = Undefined()
_WITH_CONTEXT = ("ngettext", "npgettext", "pgettext")


class Foundry(Environment):
    """An environment that can cast its templates."""

    is_cast = False

    @cached_property
    def cast(self) -> Foundry:
        """The same templates, cast. What they extend and include must be named outright."""
        found = cast(Foundry, self.overlay())
        found.is_cast = True
        found.code_generator_class = _Caster
        return found

    def fill(self, name: str, values: dict[str, Any]) -> str:
        """A page by a template, from values, `in_language` and globals: what `render` makes, quicker."""
        template = self.get_template(name)
        try:
            return "".join(template.root_render_func(template.new_context(values, shared=True)))
        except Exception:
            self.handle_exception()

    def in_language(self, language: str) -> dict[str, Any]:
        """What a cast template needs to speak a language."""
        return {"said": Words(language).__getitem__, "day": partial(self.filters["day"], language=language)}

    def written(self, name: str) -> nodes.Template:
        source, filename, _ = cast(BaseLoader, self.loader).get_source(self, name)
        return super()._parse(source, name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        return _Mould(self).fill(template) if self.is_cast else template


class Words(dict[str, Markup]):
    """Words of templates in a language, each translated once."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, words: str) -> Markup:
        with translation.override(self.language):
            self[words] = Markup(gettext(words))  # noqa: S704  a template's and a translator's, not anybody's input
        return self[words]


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
        template.set_environment(self.env)
        return template

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self.generic_visit(nodes.Scope(self.blocks.get(node.name, node).body, lineno=node.lineno))

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        part = self.env.written(cast(nodes.Expr, node.template).as_const())
        return self.generic_visit(nodes.Scope(part.body, lineno=node.lineno))

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Plurals are left to wait for their number."""
        self.generic_visit(node)
        if getattr(node.node, "name", "") != "gettext":
            return node
        said = nodes.Call(nodes.Name("said", "load"), node.args, [], None, None)
        values = [nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]
        return nodes.Mod(said, nodes.Dict(values)) if "%" in node.args[0].as_const() else said

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        self.generic_visit(node)
        if node.name != "day":
            return node
        return nodes.Call(nodes.Name("day", "load"), [node.node], [], None, None)


class _Caster(CodeGenerator):
    """Writes attributes and calls as Python has them, without Jinja's ways around: our templates need none."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline("from tamizdat.reader.casting import _NOTHING as nothing, escaped as escape")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, nothing)")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or getattr(node.node, "name", "") in _WITH_CONTEXT:
            super().visit_Call(node, frame, **({"forward_caller": True} if forward_caller else {}))
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
        return value  # type: ignore[no-any-return]  # saying so at run time would cost what this saves
    return escape(value)
