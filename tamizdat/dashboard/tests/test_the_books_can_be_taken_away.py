"""The export is the very file that the command writes."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

POSTINGS = reverse("desk:postings")


def test_it_is_what_the_command_writes(treasurer, paid):
    written = StringIO()
    call_command("postings", stdout=written)
    answer = treasurer.get(POSTINGS, {"export": "csv", "first": "", "last": ""})
    assert answer.content.decode() == written.getvalue()
    assert written.getvalue().count("\n") == 4
    assert answer["Content-Type"].startswith("text/csv")


def test_it_can_be_some_months(treasurer, paid):
    answer = treasurer.get(POSTINGS, {"export": "csv", "first": "2020-01", "last": "2020-12"})
    assert answer.content.decode().count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "soon"}, "is not a month; write it as 2026-11"),
        ({"first": "2026-05", "last": "2026-04"}, "This is before the first month."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(treasurer, asked, said):
    assert said in treasurer.get(POSTINGS, {"export": "csv", **asked}).content.decode()
