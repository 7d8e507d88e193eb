"""Stripe's own SDK, with a time-out, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from tamizdat.providers.stripe.account import Account
from tamizdat.support.rules.contract import GiveUp, TryLater

PATIENCE_SECONDS = 10
RETRIES = 1  # by the SDK itself, at once and under the same key; after that the errand waits


def client(account: Account) -> stripe.StripeClient:
    return stripe.StripeClient(
        account.key,
        max_network_retries=RETRIES,
        base_addresses={"api": account.address} if account.address else {},
        http_client=stripe.RequestsClient(timeout=PATIENCE_SECONDS),
    )


@contextmanager
def asking() -> Iterator[None]:
    """Raises GiveUp for a refusal, and TryLater whenever the outcome is unknown or may change.

    A wrong key is not a refusal: the newsroom mends it, and what waits then goes through.
    """
    try:
        yield
    except stripe.IdempotencyError as error:
        raise GiveUp(f"Stripe refuses: {_said(error)}") from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise TryLater(f"Stripe does not accept our key: {_said(error)}") from error
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        if error.http_status in (409, 429):
            raise TryLater(f"Stripe is busy: {_said(error)}") from error
        raise GiveUp(f"Stripe refuses: {_said(error)}") from error
    except stripe.StripeError as error:
        raise TryLater(f"Stripe does not answer as it should: {_said(error)}") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise TryLater(f"Stripe answers strangely ({error!r})") from error


def _said(error: stripe.StripeError) -> str:
    """In one line: the SDK writes letters."""
    return " ".join(str(error).split())[:200]
