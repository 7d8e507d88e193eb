import pytest

from tamizdat.providers.stripe.provider import Stripe
from tests.sides.stripe import stripe_side

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")


@pytest.fixture(scope="session")
def neighbour():
    with stripe_side() as side:
        yield side


@pytest.fixture
def shop(neighbour):
    return neighbour


@pytest.fixture
def provider(shop, settings, tmp_path):
    (tmp_path / "stripe.toml").write_text(shop.settings())
    settings.KEYS = tmp_path
    return Stripe.from_settings()
