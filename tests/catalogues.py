"""Brings the catalogues up to date: `make messages`. What is not translated stays empty; a test says so."""

from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "tamizdat" / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None}
LANGUAGES = ("ar", "de", "es", "fa", "fr", "ru", "uk", "zh")


class Dateless(Catalog):
    """A catalogue whose head has no date, person or tool in it: the same words make the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def path(language: str, suffix: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def sentences() -> Catalog:
    """Everything that templates and rooms say to readers, in English, with the file that says it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog()
    for file, _line, said, _comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        found.add(said, locations=[(file, 0)], context=context)
    return found


def translated(language: str) -> Catalog:
    """The catalogue as it is written; empty when the language is new."""
    if not path(language, "po").exists():
        return Catalog(locale=language)
    with path(language, "po").open("rb") as written:
        return read_po(written, locale=language)


def renewed(language: str, said: Catalog) -> Catalog:
    """The sentences that are said today, with the translations that are known."""
    known = translated(language)
    renewed = Dateless(locale=language, header_comment="", fuzzy=False)
    for message in said:
        if message.id:
            old = known.get(message.id, message.context) or Message(message.id)
            renewed.add(message.id, old.string, message.locations, context=message.context)
    return renewed


def main() -> None:
    said = sentences()
    for language in LANGUAGES:
        catalogue = renewed(language, said)
        path(language, "po").parent.mkdir(parents=True, exist_ok=True)
        with path(language, "po").open("wb") as po, path(language, "mo").open("wb") as mo:
            write_po(po, catalogue, width=110, include_lineno=False)
            write_mo(mo, catalogue)


if __name__ == "__main__":
    main()
