"""Telling the shop, signed, until it has answered 2xx."""

import json
import logging
import time
from datetime import timedelta
from threading import Event as Flag

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from tamizdat.sandbox.company import pacing, telling
from tamizdat.sandbox.company.signing import signature
from tamizdat.sandbox.practice import actions, queries
from tamizdat.sandbox.practice.models import Delivery

LOOK_EVERY_SECONDS = 0.1
log = logging.getLogger(__name__)


def run(stop: Flag) -> None:
    """Until `stop`: let renewals fall due as time goes by, and deliver what is waiting."""
    while not stop.is_set():
        try:
            actions.catch_up()
            deliver_due(stop)
        except DatabaseError:
            log.exception("The company will look again")
        stop.wait(LOOK_EVERY_SECONDS)


def deliver_due(stop: Flag) -> None:
    """Deliver what is due, oldest first. A failure ends the round: a shop that is down is not hammered."""
    due = Delivery.objects.filter(delivered_at=None, due_at__lte=timezone.now()).select_related("event__order")
    for delivery in due.iterator():
        if stop.is_set() or not _deliver(delivery):
            return


def _deliver(delivery: Delivery) -> bool:
    raw = json.dumps(queries.event_facts(delivery.event)).encode()
    is_accepted = _post(raw)
    row = Delivery.objects.filter(pk=delivery.pk)
    if is_accepted:
        row.update(delivered_at=timezone.now())
    else:
        wait = timedelta(seconds=pacing.wait_seconds(delivery.tries + 1))
        row.update(tries=F("tries") + 1, due_at=timezone.now() + wait)
    return is_accepted


def _post(raw: bytes) -> bool:
    signed = signature(settings.KEY, raw, at=int(time.time()))
    return telling.post(settings.EVENTS_TO, {"Practice-Signature": signed}, raw)
