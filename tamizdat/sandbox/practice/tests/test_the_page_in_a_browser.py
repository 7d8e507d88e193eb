import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def page(browser, request):
    context = browser.new_context(color_scheme=request.param, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_the_page_is_accessible_before_and_after_the_decision(page, client, opened):
    order = opened(client)
    page.goto(client.order(order)["url"])
    assert Axe().run(page).violations_count == 0
    assert all(button.bounding_box()["height"] >= 44 for button in page.get_by_role("button").all())
    client.decline(order)
    page.reload()
    assert Axe().run(page).violations_count == 0
    page.goto(page.url.replace("order_", "lost_"))
    assert Axe().run(page).violations_count == 0


def test_the_keyboard_alone_approves(page, client, company, opened):
    order = opened(client, return_url=f"{company.address}/pay/thanks/")
    page.goto(client.order(order)["url"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay/thanks/")
    assert client.order(order)["status"] == "active"
