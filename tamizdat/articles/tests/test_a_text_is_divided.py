"""A long body becomes parts that a page has room for; nothing of it is lost, and nothing changes its place."""

import re
import zlib
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from bench.prose import TONGUES, paragraphs
from tamizdat.articles.body import text
from tamizdat.articles.rules.dividing import blocks, divided
from tamizdat.articles.rules.parts import joined_up, parse_part_path, part_path
from tests.soak import tries

ROOM = 900
WORDS = some.text("abc дом سلام 新闻 .。", min_size=1, max_size=400).map(lambda said: f"<p>{said}</p>")
BLOCKS = some.one_of(
    WORDS,
    some.sampled_from(sorted(TONGUES)).flatmap(
        lambda tongue: some.integers(1, 400).map(
            lambda count: "".join(f"<p>{one}</p>" for one in paragraphs(Random(count), tongue, count))
        )
    ),
    some.sampled_from(
        [
            "<h2>A heading</h2>",
            "<h2>One</h2><h3>Two</h3>",
            "bare words <b>and bold ones</b>",
            '<p>A <a href="site:/news/">link &amp; <i>more</i></a>.<br>So.</p>',
            "<ul><li>One</li><li>Two <ul><li>inside</li></ul></li></ul>",
            "<ol><li><p>First</p><p>again</p></li><li>Second</li></ol>",
            '<figure class="quote"><blockquote><p>It blew.</p></blockquote><figcaption>A sailor</figcaption></figure>',
            '<div class="table" tabindex="0"><table><tbody><tr><td>1</td></tr></tbody></table></div>',
            '<aside class="box"><h3>Numbers</h3><p>Nine.</p></aside>',
        ]
    ),
)
BODIES = some.lists(BLOCKS, max_size=30).map("".join)
# Few letters that are unlike all before them: they pack to more bytes than they have.
MIXED = "".join(f"<p>{one}</p>" for one in paragraphs(Random(236), "en", 236)) + (
    "<p>会凉缔基他碗猎昏劈仟恢粘喉戎碟出都皮逸因为，坊逸左一个等器偏。</p><p>a</p><p> aд.新.дل</p><p>..b新. bام</p>"
    "<p>aa.a...a。дмдд新ا新新闻д。新одس</p>"
)


def letters(html: str) -> str:
    return "".join(text(html).split())


def packed(html: str) -> int:
    return len(zlib.compress(html.encode(), 6))


def is_whole(html: str) -> bool:
    """Every element that opens closes, inside what it opened in."""
    inside: list[str] = []
    for shut, tag in re.findall(r"<(/?)(\w+)", html):
        if not shut and tag not in {"br", "img"}:
            inside.append(tag)
        elif shut and (not inside or inside.pop() != tag):
            return False
    return not inside


@settings(max_examples=tries(soak=2000, test=60), deadline=None)
@given(BODIES)
def test_nothing_is_lost_and_the_order_stays(body: str) -> None:
    parts = divided(body, room=ROOM, ending=200)
    assert letters("".join(parts)) == letters(body)
    assert all(is_whole(part) for part in parts)
    assert [part for part in parts if not part] == ([] if body else [""])
    assert "".join(blocks(body)) == body


@settings(max_examples=tries(soak=2000, test=60), deadline=None)
@given(BODIES)
@example(MIXED)
def test_a_part_weighs_no_more_than_its_page_has_room_for(body: str) -> None:
    *parts, last = divided(body, room=ROOM, ending=200, beside="A headline")
    assert all(packed("A headline" + part) <= ROOM for part in parts)
    assert packed("A headline" + last) <= ROOM - 200


@settings(max_examples=tries(soak=2000, test=60), deadline=None)
@given(BODIES)
def test_no_part_ends_with_a_heading_or_begins_inside_a_block(body: str) -> None:
    *parts, _ = divided(body, room=ROOM)
    assert not [part for part in parts if part.endswith(("</h2>", "</h3>"))]
    kept = set(blocks(body))
    assert all(block in kept or block.startswith(("<p>", "<ul>", "<ol")) for part in parts for block in blocks(part))


def test_parts_are_about_even() -> None:
    body = "".join(f"<p>{one}</p>" for one in paragraphs(Random(3), "ru", 3000))
    weights = [packed(part) for part in divided(body, room=5200, ending=900)]
    assert len(weights) == 4
    assert min(weights) > 0.5 * max(weights)


@pytest.mark.parametrize(("said", "ending"), [("It blew hard. ", "."), ("it blew hard ", "d"), ("wind", "d")])
def test_a_paragraph_too_heavy_for_a_page_is_cut_where_it_hurts_least(said: str, ending: str) -> None:
    noise = Random(1)
    body = "<p><b>" + "".join(f"{noise.getrandbits(32):x}{said}" for _ in range(400)) + "</b></p>"
    parts = divided(body, room=ROOM)
    assert len(parts) > 2
    assert all(is_whole(part) and packed(part) <= ROOM for part in parts)
    assert all(text(part)[-1] == ending for part in parts) or said == "wind"


def test_a_list_too_heavy_for_a_page_is_cut_between_items_and_its_numbers_go_on() -> None:
    noise = Random(1)
    items = [f"<li>{noise.getrandbits(512):x}</li>" for _ in range(30)]
    parts = divided(f"<ol>{''.join(items)}</ol>", room=ROOM)
    assert re.findall(r"<li>\w+</li>", "".join(parts)) == items
    numbers, seen = [int(found) for found in re.findall(r'<ol start="(\d+)">', "".join(parts))], 0
    for ordered in re.findall(r"<ol[^>]*>.*?</ol>", "".join(parts)):
        assert seen == 0 or seen + 1 in numbers
        seen += ordered.count("<li>")


def test_a_table_stays_whole_whatever_it_weighs() -> None:
    noise = Random(1)
    table = f'<div class="table"><table><tr><td>{noise.getrandbits(20000):x}</td></tr></table></div>'
    assert divided(f"<p>Before.</p>{table}<p>After.</p>", room=ROOM)[1] == table


def test_five_megabytes_in_one_paragraph_are_divided_too() -> None:
    noise = Random(1)
    body = "<p>" + " ".join(f"{noise.getrandbits(64):x}" for _ in range(300_000)) + "</p>"
    parts = divided(body, room=5200, ending=900)
    assert letters("".join(parts)) == letters(body)
    assert max(map(packed, parts)) <= 5200


def test_a_picture_inside_a_preview_weighs_what_its_address_will() -> None:
    noise = Random(1)
    picture = f'<figure><img src="data:image/webp;base64,{noise.getrandbits(60000):x}" alt=""></figure>'
    assert divided(picture * 3, room=ROOM) == [picture * 3]


def test_a_note_in_another_part_is_found_there() -> None:
    one, two = joined_up(
        ['<p id="a"><a href="#n">1</a> <a href="#a">up</a></p>', '<p id="n">Note <a href="#a">back</a></p>'],
        "/news/storm/",
    )
    assert one == '<p id="a"><a href="site:/news/storm/2/#n">1</a> <a href="#a">up</a></p>'
    assert two == '<p id="n">Note <a href="site:/news/storm/#a">back</a></p>'


@pytest.mark.parametrize("path", ["/news/storm/", "/news/storm/1/", "/news/storm/02/", "/2/", "/news/2024/05/", "/a/b"])
def test_what_is_no_later_part_is_not_taken_for_one(path: str) -> None:
    assert parse_part_path(path) is None


@given(some.integers(2, 2000))
def test_a_part_knows_its_text_by_its_path(number: int) -> None:
    assert parse_part_path(part_path("/news/storm/", number)) == ("/news/storm/", number)
