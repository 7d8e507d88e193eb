"""nginx and Caddy before a newsroom, each with the configuration that docs/ gives away; both write into `folder`."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newsrooms import Newsroom, free_port, wait_until
from tests.serving.paper import ONION
from tests.serving.questions import Question, Server, ask

DOCS = Path(__file__).parents[2] / "docs"
BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
DEBIAN = ("nginx", "libnginx-mod-http-brotli-static", "caddy", "wrk")
# What Debian's own nginx.conf says around a site: its logs, and compression of whatever comes.
AROUND = """
load_module {brotli};
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    gzip on;
    include {folder}/paper.conf;
}}
"""


@contextmanager
def nginx(paper: Newsroom, folder: Path, *, tls: bool = True, is_logging_counts: bool = False) -> Iterator[Server]:
    port, certificate = free_port(), _certificate(folder)
    spoken = " ssl http2" if tls else ""
    _write(folder / "paper.conf", "nginx.conf", paper, {
        "    listen 80;\n    listen [::]:80;": f"    listen 127.0.0.1:{port + 1};",
        "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;": f"    listen 127.0.0.1:{port}{spoken};",
        "/etc/letsencrypt/live/paper.example/fullchain.pem": f"{certificate}.pem",
        "/etc/letsencrypt/live/paper.example/privkey.pem": f"{certificate}.key",
        "http://….onion": ONION,
        "paper.example": "gazette.example",
        "/var/log/nginx/counts.log": f"{folder}/counts.log",
        **({"#counts ": ""} if is_logging_counts else {}),
    })  # fmt: skip
    (folder / "nginx.conf").write_text(AROUND.format(**places(folder)))
    with running("nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), log=folder / "nginx.out"):
        yield ready(Server("nginx", port, certificate.with_suffix(".pem") if tls else None))


@contextmanager
def caddy(paper: Newsroom, folder: Path) -> Iterator[Server]:
    port, certificate = free_port(), _certificate(folder)
    _write(folder / "Caddyfile", "Caddyfile", paper, {
        "\tadmin off\n": "\tadmin off\n\tauto_https disable_redirects\n",
        "paper.example {\n": f"https://gazette.example:{port} {{\n\ttls {certificate}.pem {certificate}.key\n",
    })  # fmt: skip
    command = ("caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"))
    home = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with running(*command, log=folder / "caddy.out", env=home):
        yield ready(Server("caddy", port, certificate.with_suffix(".pem")))


def missing() -> list[str]:
    """What of these servers is not on this machine."""
    return [name for name in ("nginx", "caddy", BROTLI) if not _program(name)]


def _program(name: str) -> str | None:
    """Where it is; not everybody looks where Debian keeps its servers."""
    return shutil.which(name, mode=os.R_OK, path=f"{os.environ['PATH']}:/usr/sbin")


def places(folder: Path) -> dict[str, str]:
    """What a configuration for nginx needs to know of this machine."""
    return {"folder": str(folder), "brotli": BROTLI, "user": getpass.getuser()}


def _certificate(folder: Path) -> Path:
    """A certificate and its key, in files of one name."""
    name = folder / "certificate"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=gazette.example", "-addext", "subjectAltName=DNS:gazette.example",
         "-keyout", f"{name}.key", "-out", f"{name}.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return name


def _write(target: Path, source: str, paper: Newsroom, changes: dict[str, str]) -> None:
    """The configuration of docs/ with this machine's places in it; each must be found."""
    said = (DOCS / source).read_text("utf-8")
    here = {"/srv/paper/data": str(paper.home / "data"), "127.0.0.1:8000": f"127.0.0.1:{paper.port}"}
    for old, new in {**here, **changes}.items():
        assert old in said, f"{source} no longer says {old}"
        said = said.replace(old, new)
    target.write_text(said, "utf-8")


@contextmanager
def running(*command: str, log: Path, env: dict[str, str] | None = None) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen([_program(command[0]) or command[0], *command[1:]], stdout=out, stderr=out, env=env)
    try:
        yield
        assert process.poll() is None, log.read_text()
    finally:
        process.terminate()
        process.wait(20)


def ready(server: Server, opens: str = "/") -> Server:
    wait_until(lambda: _answers(server, opens), f"{server.name} to open")
    return server


def _answers(server: Server, opens: str) -> bool:
    try:
        return ask(server, Question(opens)).status == 200
    except OSError:
        return False


STARTED = {"nginx": nginx, "caddy": caddy}
