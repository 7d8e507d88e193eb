from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tamizdat.letters import actions, queries
from tamizdat.newsroom import actions as newsroom
from tamizdat.newsroom.rules import Kind


def work(_number):
    try:
        return actions.deliver_due(now=timezone.now())
    finally:
        connection.close()


@pytest.mark.usefixtures("committed_db")
def test_many_workers_send_every_letter_once():
    newsroom.found(kind=Kind.TRAINING)
    reader = actions.remember_address(address="reader@example.org", language="en")
    for number in range(12):
        actions.send("test", to=reader, key=f"{number}", context={})
    with ThreadPoolExecutor(4) as workers:
        sent = sum(workers.map(work, range(4)))
    assert sent == 12
    assert [kept.times for kept in queries.training_letters()] == [1] * 12
    assert queries.waiting() == 0
