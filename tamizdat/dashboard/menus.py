"""The desk's menus in a journalist's words, without what a newsroom of five never opens."""

from collections.abc import Mapping
from typing import Any

# By Wagtail's name of each item: what we call it.
MAIN = {"explorer": "The paper", "images": "Pictures"}
REPORTS = {
    "locked-pages": "Locked",
    "workflows": "Submitted",
    "workflow-tasks": "Read by an editor",
    "site-history": "Who did what",
}
# Readers get no documents, and how often which kind of page is used is of interest to programmers.
UNUSED = frozenset({"documents", "aging-pages", "page-types-usage", "editor-guide"})


def in_our_words(items: list[Any], words: Mapping[str, str]) -> None:
    """Rename the items that have a word of ours and drop the unused ones, in place."""
    items[:] = [item for item in items if item.name not in UNUSED and not item.name.startswith("whats-new")]
    for item in items:
        item.label = words.get(item.name, item.label)
