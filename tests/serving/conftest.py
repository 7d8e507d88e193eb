"""One paper, and everybody who serves it."""

import os

import pytest

from tests.serving import paper, proxies
from tests.serving.questions import Server


@pytest.fixture(scope="session", autouse=True)
def servers():
    if missing := proxies.missing():
        said = f"{', '.join(missing)} missing: apt install {' '.join(proxies.DEBIAN)}"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)


@pytest.fixture(scope="session")
def gazette(tmp_path_factory):
    with paper.served(tmp_path_factory.mktemp("gazette")) as served:
        yield served


@pytest.fixture(scope="session")
def tamizdat(gazette):
    return Server("tamizdat", gazette.port)


@pytest.fixture(scope="session", params=["nginx", "caddy"])
def proxy(request, gazette, tmp_path_factory):
    """nginx or Caddy in front."""
    with proxies.STARTED[request.param](gazette, tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture(scope="session")
def picture(gazette):
    """The address of a picture of the paper."""
    return f"/pictures/{next((gazette.home / 'data' / 'site' / 'pictures').glob('*.webp')).name}"


@pytest.fixture(scope="session")
def upload(gazette):
    """The address of a picture as the editor gave it to the desk."""
    return f"/media/original_images/{next((gazette.home / 'data' / 'media' / 'original_images').iterdir()).name}"
