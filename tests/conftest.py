"""One browser for every suite here: Playwright runs once in a process."""

import pytest

from tests import browser


@pytest.fixture(scope="session")
def chromium():
    with browser.opened() as opened:
        yield opened
