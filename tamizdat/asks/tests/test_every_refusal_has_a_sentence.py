"""Whatever keeps an ask from standing, an editor is told so in a sentence."""

import re
from pathlib import Path

import tamizdat.reader
from tamizdat.asks.rules import audiences, decks
from tamizdat.asks.rules.refusals import BY_THE_DEVICE, BY_THE_PAGE

SCRIPTS = Path(tamizdat.reader.__file__).parent / "asks"
NAMED = re.compile(r"refusals\.(\w+) =|^  (\w+): \(.*=>|\"(another|unfilled|unreadable)\"", re.MULTILINE)
RULES = [Path(one.__file__).read_text("utf-8") for one in (audiences, decks)]


def test_of_the_device():
    text = "".join(script.read_text("utf-8") for script in SCRIPTS.glob("*.js"))
    said = {name for found in NAMED.finditer(text) for name in found.groups() if name}
    assert said == set(BY_THE_DEVICE)


def test_of_the_page():
    said = {name for text in RULES for name in re.findall(r"\"((?:quiet|no)_\w+|stopped)\"", text)}
    assert said | set(audiences.BAKED) == set(BY_THE_PAGE)
