import pytest

from tamizdat.providers.btcpay import provider as btcpay
from tests.sides.btcpay import btcpay_side
from tests.sides.neighbours import neighbours

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")

neighbour, shop, provider = neighbours(btcpay_side, btcpay.BTCPay.from_settings, clocked=btcpay)
