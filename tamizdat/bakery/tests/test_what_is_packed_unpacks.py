"""Packed with their heads apart, files unpack by any reader's gzip and brotli to what they were."""

import gzip
from random import Random

import brotli
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.bakery.packing import BEST, GOOD, LONGEST_HEAD, QUICK, ROOM, Level, packed

HEAD = "<!doctype html><style>p{color:red}</style><script>let a=1</script>"
WORDS = st.text(max_size=3000) | st.text("abc <>", max_size=3000)
HEADS = st.sampled_from(["", HEAD, "<!doctype"]) | WORDS.map(lambda words: f"<!doctype{words}</script>")


def page(words: int) -> bytes:
    random = Random(words)
    known = ["".join(random.choices("aeiostrnlmd", k=random.randint(2, 9))) for _ in range(2000)]
    return (HEAD + " ".join(random.choices(known, k=words))).encode()


def unpacked(variants: dict[str, bytes]) -> set[bytes]:
    return {brotli.decompress(variants[".br"]), gzip.decompress(variants[".gz"])}


@given(head=HEADS, rest=WORDS, level=st.sampled_from([QUICK, GOOD, BEST]))
def test_a_page_unpacks_to_itself(head: str, rest: str, level: Level) -> None:
    content = (head + rest).encode()
    assert unpacked(packed(content, level)) == {content}


def test_a_page_that_says_again_what_its_head_said_unpacks_to_itself() -> None:
    content = (HEAD * 300).encode()
    for level in (QUICK, GOOD, BEST):
        assert unpacked(packed(content, level)) == {content}


def test_a_head_that_is_longer_than_formats_remember_is_packed_with_the_rest() -> None:
    content = f"<!doctype{'long ' * LONGEST_HEAD}</script><p>".encode()
    assert unpacked(packed(content, QUICK)) == {content}


def test_each_level_packs_better_than_the_one_before() -> None:
    content = page(1500)
    sizes = [sum(map(len, packed(content, level).values())) for level in (QUICK, GOOD, BEST)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)


def test_what_quick_packing_leaves_too_heavy_for_the_wire_is_packed_better_at_once() -> None:
    content = page(4500)
    assert len(brotli.compress(content, quality=QUICK.brotli, lgwin=16)) > ROOM
    assert packed(content, QUICK) == packed(content, GOOD)
