"""Packing: gzip and brotli of a file, in one of three levels.

Pages of a kind and language begin alike, with policy, style and script: more than a third of each. Such a head is
packed once, as well as can be, and every page's packed rest is put behind it. Both formats allow that: a deflate
stream goes on after a flush, and a brotli encoder that is told at which byte it begins writes no header of its own
(`BROTLI_PARAM_STREAM_OFFSET` in brotli's encode.h).
"""

import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

import brotlicffi
import deflate
from brotlicffi._brotlicffi import lib

WINDOW = 16  # bits: more than any page is long, and its hash tables are small
STREAM_OFFSET = 9  # which brotlicffi has no name for
HEADS = 256  # kinds of page, languages, with the figure and without
LONGEST_HEAD = 32_000  # what deflate remembers
_BEGINS, _ENDS = b"<!doctype", b"</script>"
# No name, no time, no system: the same bytes every time.
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class Level(NamedTuple):
    """How well: qualities of brotli and of gzip (libdeflate's), and brotli's for heads."""

    brotli: int
    gzip: int
    head: int


# `python -m bench.pack` measures them. A whole bake is quick, a correction good; the best follows in the background.
QUICK = Level(brotli=1, gzip=1, head=9)
GOOD = Level(brotli=9, gzip=6, head=9)
BEST = Level(brotli=10, gzip=12, head=11)
# Of 11,000 on the wire, less 400 of headers. What quick packing leaves heavier is packed better at once.
ROOM = 10_600


def packed(content: bytes, level: Level) -> dict[str, bytes]:
    """The variants of a file, by what is added to its name."""
    found = _packed(content, level)
    return _packed(content, GOOD) if level is QUICK and max(map(len, found.values())) > ROOM else found


def _packed(content: bytes, level: Level) -> dict[str, bytes]:
    head = _head(content)
    packed_head, deflated_head = _packed_head(head, level.head)
    rest = content[len(head) :]
    return {
        ".br": packed_head + _brotli(rest, level.brotli, begins_at=len(head)),
        ".gz": b"".join((
            _GZIP,
            deflated_head,
            deflate.deflate_compress(rest, level.gzip),
            struct.pack("<II", deflate.crc32(content), len(content) & 0xFFFFFFFF),
        )),
    }  # fmt: skip


def _head(content: bytes) -> bytes:
    """What a page begins with, as others of its kind do; nothing of a file that is no page."""
    end = content.find(_ENDS, 0, LONGEST_HEAD) if content.startswith(_BEGINS) else -1
    return content[: end + len(_ENDS)] if end > 0 else b""


@lru_cache(HEADS)
def _packed_head(head: bytes, quality: int) -> tuple[bytes, bytes]:
    """The beginning of a brotli stream and of a deflate stream."""
    if not head:
        return b"", b""
    packer, deflater = brotlicffi.Compressor(quality=quality, lgwin=WINDOW), zlib.compressobj(9, wbits=-15)
    return (
        packer.compress(head) + packer.flush(),
        deflater.compress(head) + deflater.flush(zlib.Z_SYNC_FLUSH),
    )


def _brotli(content: bytes, quality: int, *, begins_at: int) -> bytes:
    packer = brotlicffi.Compressor(quality=quality, lgwin=WINDOW)
    if begins_at:
        lib.BrotliEncoderSetParameter(packer._encoder, STREAM_OFFSET, begins_at)
    return bytes(packer.compress(content) + packer.finish())
