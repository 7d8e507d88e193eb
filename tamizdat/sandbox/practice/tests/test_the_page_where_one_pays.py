import http.client
from urllib.parse import urlencode, urlsplit

import pytest


class Payer:
    """Somebody with the address of one order, and no script."""

    def __init__(self, company, order):
        self.host, self.path = urlsplit(company.address).netloc, f"/pay/{order}/"

    def look(self, method="GET", body=None):
        line = http.client.HTTPConnection(self.host, timeout=10)
        line.request(method, self.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        return answer, page

    def press(self, verdict):
        return self.look("POST", urlencode({"verdict": verdict}))


@pytest.fixture
def order(client, opened):
    return opened(client, description="The <b>Test</b> Gazette")


@pytest.fixture
def payer(company, order):
    return Payer(company, order)


def test_it_says_what_is_paid_to_whom_how_often_and_that_it_is_not_real(payer):
    answer, page = payer.look()
    assert answer.status == 200
    for words in ("5.00 USD", "every month", "The &lt;b&gt;Test&lt;/b&gt; Gazette", "no real money"):
        assert words in page


def test_it_runs_no_script_sets_no_cookie_and_is_not_kept(payer):
    answer, page = payer.look()
    assert "<script" not in page and answer.headers["Set-Cookie"] is None
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("verdict", "where"), [("approved", "back"), ("declined", "back"), ("abandoned", "left")])
def test_a_button_leads_on(payer, verdict, where):
    answer, _ = payer.press(verdict)
    assert (answer.status, answer.headers["Location"]) == (303, f"https://give.example/{where}/")


@pytest.mark.parametrize(
    ("verdict", "status"), [("approved", "active"), ("declined", "declined"), ("abandoned", "abandoned")]
)
def test_a_button_decides(client, payer, verdict, status):
    payer.press(verdict)
    order = payer.path.split("/")[2]
    assert client.order(order)["status"] == status


def test_a_decided_order_offers_only_the_way_back(payer):
    payer.press("declined")
    _, page = payer.look()
    assert "<button" not in page and "has been declined" in page and "https://give.example/back/" in page


def test_a_second_press_changes_nothing_and_says_so(client, payer, order):
    payer.press("declined")
    answer, page = payer.press("approved")
    assert answer.status == 409 and 'role="alert"' in page
    assert client.order(order)["charges"] == []


def test_a_press_on_no_button_decides_nothing(client, payer, order):
    answer, _ = payer.press("perhaps")
    assert answer.status == 400 and client.order(order)["status"] == "pending"


def test_a_lost_address_is_met_with_words(company):
    for press in (Payer(company, "order_0").look, lambda: Payer(company, "order_0").press("approved")):
        answer, page = press()
        assert answer.status == 404 and "no such payment" in page


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_methods_are_refused(payer, method):
    assert payer.look(method)[0].status == 405
