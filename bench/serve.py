"""How fast is an article answered: by `tamizdat serve` beside Wagtail's dynamic page, by nginx with our configuration
beside nginx with none?

    python -m bench.serve --quick

One article, 32 connections, brotli where there is any. Wagtail renders the same article from the same database under
gunicorn with two workers; nginx has one.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench.measuring import alternately, idle, is_quick, publish
from tests.newsrooms import Newsroom, free_port
from tests.serving import paper, proxies
from tests.serving.questions import GALE, HOST, Question, Server, ask

QUESTION = "How many times faster than Wagtail's dynamic page is an article answered?"
BARE = """
load_module {brotli};
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log /dev/null;
events {{}}
http {{
    access_log off;
    sendfile on;
    brotli_static on;
    types {{ text/html html; }}
    server {{ listen 127.0.0.1:{port}; root {site}; index index.html; }}
}}
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@contextmanager
def bare_nginx(gazette: Newsroom, folder: Path) -> Iterator[Server]:
    """nginx as it comes, on the baked files: what can be had at all."""
    server = Server("bare nginx", free_port())
    site = gazette.home / "data" / "site"
    config = BARE.format(**proxies.places(folder), port=server.port, site=site)
    (folder / "bare.conf").write_text(config)
    with proxies.running("nginx", "-p", str(folder), "-c", str(folder / "bare.conf"), log=folder / "bare.out"):
        yield proxies.ready(server)


@contextmanager
def wagtail(gazette: Newsroom, folder: Path) -> Iterator[Server]:
    """The same article as any Wagtail site answers it."""
    server = Server("wagtail", free_port())
    command = (
        *(sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{server.port}"),
        "django.core.wsgi:get_wsgi_application()",
    )
    environment = {**gazette.environment, "DJANGO_SETTINGS_MODULE": "bench.wagtail.settings"}
    with proxies.running(*command, log=folder / "gunicorn.out", env=environment):
        yield proxies.ready(server, GALE)


def load(server: Server, seconds: int) -> dict[str, float]:
    """Requests a second and the 50th and 99th percentile in milliseconds, as wrk tells them."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "br"}
    said = [argument for name, value in headers.items() for argument in ("-H", f"{name}: {value}")]
    url = f"http://127.0.0.1:{server.port}{GALE}"
    told = subprocess.run(
        ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", *said, url], capture_output=True, text=True, check=True
    ).stdout
    assert "Non-2xx" not in told, told
    percentiles = {
        f"p{share}_ms": float(value) * UNITS[unit]
        for share, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", told)
    }
    return {"requests_per_second": float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0]), **percentiles}


def main() -> None:
    if not shutil.which("wrk") or proxies.missing():
        sys.exit(f"This needs: apt install {' '.join(proxies.DEBIAN)}")
    rounds, seconds = (3, 2) if is_quick(QUESTION) else (7, 10)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        gazette = stack.enter_context(paper.served(folder))
        servers = {
            "tamizdat serve": Server("tamizdat", gazette.port),
            "wagtail": stack.enter_context(wagtail(gazette, folder)),
            "nginx": stack.enter_context(proxies.nginx(gazette, folder, tls=False)),
            "bare nginx": stack.enter_context(bare_nginx(gazette, folder)),
        }
        was_idle = idle()
        runs = {name: partial(load, server, seconds) for name, server in servers.items()}
        found = alternately(runs, rounds)
        sizes = {
            name: len(ask(server, Question(GALE, headers={"Accept-Encoding": "br"})).body)
            for name, server in servers.items()
        }
    rate = {name: figures["requests_per_second"] for name, figures in found.items()}
    publish("serve", {
        "question": QUESTION,
        "product": rate["tamizdat serve"],
        "peer": rate["wagtail"],
        "ratio": round(rate["tamizdat serve"] / rate["wagtail"], 1),
        "better": "higher",
        "detail": {
            "by_server": found,
            "body_bytes": sizes,
            "serve_to_nginx": round(rate["tamizdat serve"] / rate["nginx"], 3),
            "nginx_to_bare_nginx": round(rate["nginx"] / rate["bare nginx"], 3),
            "rounds": rounds,
            "seconds": seconds,
            "idle_before": was_idle,
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
