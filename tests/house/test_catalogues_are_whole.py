"""A reader of any of our languages meets no English sentence, no empty one and no lost name or sum."""

import gettext
import re

import pytest
from babel.messages import Message

from tests import catalogues
from tests.catalogues import ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)s")
SAID = {message.id: message for message in catalogues.sentences() if message.id}


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.fixture(params=catalogues.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def written(language):
    return {message.id: message for message in catalogues.translated(language) if message.id}


def test_no_file_that_speaks_to_readers_is_forgotten():
    heard = {file for message in SAID.values() for file, _ in message.locations}
    files = (path for path in (ROOT / "tamizdat").rglob("*.py") if "tests" not in path.parts)
    speaking = {path for path in files if re.search(r"utils\.translation import .*gettext", path.read_text("utf-8"))}
    speaking -= set((ROOT / "tamizdat" / "reader").glob("*.py"))  # it only lends the templates their tongue
    assert {str(path.relative_to(ROOT)) for path in speaking} <= heard, "name it in babel.cfg"


def test_the_catalogue_has_what_is_said_today_and_nothing_else(written):
    assert written.keys() == SAID.keys(), "run `make messages`, then translate what is empty"


def test_no_translation_is_empty_or_a_guess(written):
    for message in written.values():
        assert all(translations(message)) and not message.fuzzy, message.id


def test_every_plural_form_of_the_language_is_there(language, written):
    forms = catalogues.translated(language).num_plurals
    for message in written.values():
        assert len(translations(message)) == (forms if message.pluralizable else 1), message.id


def test_every_translation_keeps_the_placeholders(written):
    for message in written.values():
        singular = message.id[0] if message.pluralizable else message.id
        for translation in translations(message):
            assert set(PLACEHOLDER.findall(translation)) == set(PLACEHOLDER.findall(singular)), message.id


def test_what_is_compiled_agrees_with_what_is_written(language, written):
    with catalogues.path(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    expected = {}
    for message in written.values():
        if message.pluralizable:
            expected |= {(message.id[0], form): text for form, text in enumerate(message.string)}
        else:
            expected[message.id] = message.string
    assert {key: text for key, text in compiled.items() if key} == expected


def test_no_sentence_of_a_template_can_break_a_page(written):
    """Catalogues are trusted as much as templates are: a translation must not bring markup of its own."""
    for message in written.values():
        assert not any(set('<>&"') & set(text) for text in translations(message)), message.id
