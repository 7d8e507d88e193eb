"""What does a page weigh on the wire, beside the 11,000 bytes that get through everywhere?

    python -m bench.page --quick

Every page of a baked paper as `tamizdat serve` sends it, head and body, brotli and gzip; then articles as Chromium
counts them. Quick: a paper of three articles; otherwise the demo.
"""

import json
import socket
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.measuring import idle, is_quick, publish
from tests import browser
from tests.newsrooms import Newsroom, free_port
from tests.serving import paper
from tests.serving.questions import HOST

QUESTION = "How much of the 11,000 bytes does the heaviest article take?"
BUDGET = 11_000
ARTICLES = 12
PAGES = """
import json
from tamizdat.articles import queries
from tamizdat.articles.rules.sheets import Kind
pages = [sheet for sheet in queries.sheets(None) if sheet.kind not in {Kind.PICTURE, Kind.REDIRECTS}]
print(json.dumps([(sheet.kind.value, sheet.path) for sheet in pages]))
"""


@contextmanager
def demo(folder: Path) -> Iterator[Newsroom]:
    made = Newsroom(folder / "paper", free_port())
    made.run("demo", str(made.home), "--make-only")
    with made.serving():
        yield made


def on_the_wire(port: int, path: str, encoding: str) -> int:
    """Every byte of the answer: status line, headers and body."""
    asked = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(asked.encode())
        return sum(len(part) for part in iter(lambda: line.recv(65536), b""))


def by_kind(served: Newsroom, pages: list[tuple[str, str]], encoding: str) -> dict[str, dict[str, float]]:
    sizes: dict[str, list[int]] = defaultdict(list)
    for kind, path in pages:
        sizes[kind].append(on_the_wire(served.port, path, encoding))
    return {
        kind: {"pages": len(found), "median": median(found), "max": max(found)} for kind, found in sorted(sizes.items())
    }


def in_chromium(served: Newsroom, paths: list[str]) -> dict[str, float]:
    """What a reader's browser fetches to show an article: the page, and whatever it asks for besides."""
    opened = []
    with browser.opened() as chromium:
        for path in paths:
            page = browser.reader(chromium).new_page()
            listening = page.context.new_cdp_session(page)
            listening.send("Network.enable")
            weights: dict[str, float] = {}
            listening.on("Network.responseReceived", lambda event, to=weights: to.setdefault(event["requestId"], 0))
            listening.on(
                "Network.loadingFinished",
                lambda event, to=weights: to.update({event["requestId"]: event["encodedDataLength"]}),
            )
            page.goto(served.address + path, wait_until="networkidle")
            opened.append(list(weights.values()))  # the page is the first that answers
            page.context.close()
    pages = [weights[0] for weights in opened]
    return {
        "articles": len(paths),
        "requests_median": median(len(weights) for weights in opened),
        "page_bytes_median": median(pages),
        "page_bytes_max": max(pages),
        "with_pictures_median": median(sum(weights) for weights in opened),
    }


def main() -> None:
    make = paper.served if is_quick(QUESTION) else demo
    with tempfile.TemporaryDirectory() as folder, make(Path(folder)) as served:
        pages = [(kind, path) for kind, path in json.loads(served.shell(PAGES))]
        articles = [path for kind, path in pages if kind == "article"]
        packed = {encoding: by_kind(served, pages, encoding) for encoding in ("br", "gzip")}
        seen = in_chromium(served, articles[:ARTICLES])
    heaviest = packed["br"]["article"]["max"]
    publish("page", {
        "question": QUESTION,
        "product": heaviest,
        "peer": BUDGET,
        "ratio": round(heaviest / BUDGET, 3),
        "better": "lower",
        "detail": {
            "bytes_on_the_wire": packed,
            "over_budget": sorted({kind for sizes in packed.values() for kind in sizes if sizes[kind]["max"] > BUDGET}),
            "chromium": seen,
            "idle_after": idle(),
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
