import pytest

from tamizdat.providers.paypal import provider as paypal
from tests.sides.neighbours import neighbours
from tests.sides.paypal import paypal_side

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")

neighbour, shop, provider = neighbours(paypal_side, paypal.PayPal.from_settings, clocked=paypal)
