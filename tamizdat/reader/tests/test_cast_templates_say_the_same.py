"""A cast template gives what the template gives as it is written, word for word."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from jinja2 import DictLoader

from tamizdat.reader.casting import Foundry
from tamizdat.reader.environment import environment

TEMPLATES = {
    "top.html": "<title>{% block title %}Paper{% endblock %}</title>"
    "{% block main %}{% block inner %}{% endblock %}{% endblock %}!",
    "mid.html": '{% extends "top.html" %}{% set said = page.word %}'
    "{% block main %}<p>{% block inner %}?{% endblock %}</p>{% endblock %}",
    "page.html": '{% extends "mid.html" %}{% block title %}{{ page.name }}{% endblock %}'
    '{% block inner %}{{ said }} {% include "part.html" %}{% endblock %}',
    "part.html": '{% set name = "inside" %}{% for one in page.list %}{% with word=one %}'
    "[{{ word }}{{ name }}{{ loop.index }}]{% endwith %}{% else %}none{% endfor %}",
    "words.html": "{% trans %}Read more{% endtrans %} {% trans when=page.name %}Corrected {{ when }}{% endtrans %} 5%",
    "percent.html": "{% trans %}All of it: 100%{% endtrans %}",
    "plural.html": "{% trans count=page.list|length %}{{ count }} part{% pluralize %}{{ count }} parts{% endtrans %}",
    "missing.html": "{{ page.nothing }}{% if page.nothing %}no{% endif %}{{ nobody }}|",
    "call.html": "{{ page.word.upper() }} {{ newsroom.paper.name }}",
    "macro.html": '{% from "made.html" import made with context %}{{ made(page.name) }}',
    "made.html": "{% macro made(one) %}<b>{{ one }}{{ page.word }}</b>{% endmacro %}",
    "json.html": '{{ page.name|tojson }} {{ page.list|join(", ") }} {{ (page.word ~ page.name)|urlencode }}',
    "day.html": "{{ page.dated|day }}",
    "broken.html": "\n\n{{ 1 / 0 }}",
    "words.txt": "{{ page.name }} {% trans %}Read more{% endtrans %}",
}


class Page:
    name = "<Tom & 'Jerry'>"
    word = "plain"
    list = ("a<b", "c")
    dated = date(2026, 5, 1)


@pytest.fixture
def foundry() -> Foundry:
    return environment(loader=DictLoader(dict(TEMPLATES)))


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if name not in {"top.html", "mid.html", "made.html", "broken.html"}]
)
def test_a_cast_template_says_what_it_says_as_it_is_written(foundry: Foundry, name: str, language: str) -> None:
    with translation.override(language):
        written = foundry.get_template(name).render(page=Page())
        values: dict[str, Any] = {**foundry.globals, **foundry.cast.in_language(language), "page": Page()}
        assert foundry.cast.fill(name, values) == written


def test_words_are_in_the_language_asked_for_whatever_is_in_force(foundry: Foundry) -> None:
    values = {**foundry.globals, **foundry.cast.in_language("ru"), "page": Page()}
    with translation.override("en"):
        assert "Исправлено &lt;Tom" in foundry.cast.fill("words.html", values)


def test_a_traceback_names_the_line_of_a_broken_template(foundry: Foundry) -> None:
    with pytest.raises(ZeroDivisionError) as error:
        foundry.cast.fill("broken.html", {})
    assert error.traceback[-1].lineno == 2  # counted from 0
