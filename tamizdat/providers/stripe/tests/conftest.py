import pytest

from tamizdat.providers.stripe.provider import Stripe
from tests.sides.neighbours import neighbours
from tests.sides.stripe import stripe_side

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")

neighbour, shop, provider = neighbours(stripe_side, Stripe.from_settings)
