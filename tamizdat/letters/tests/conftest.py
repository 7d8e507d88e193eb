import pytest

from tamizdat.letters import actions
from tamizdat.letters.tests.mail_server import mail_server

ADDRESS = "Reader.Canary@Example.org"


@pytest.fixture
def reader(db):
    return actions.remember_address(address=ADDRESS, language="en")


@pytest.fixture
def smtp(live, settings):
    """A live newsroom whose mail server can be told what to answer."""
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield server
