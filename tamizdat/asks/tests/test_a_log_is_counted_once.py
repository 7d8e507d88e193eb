"""`tamizdat count_log` and `tamizdat tallies`: from a proxy's log to a sheet."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tamizdat.asks.models import ReadLog
from tamizdat.asks.tally_queries import totals

pytestmark = pytest.mark.django_db

COUNT = '2026-11-26T10:00:0{}+00:00 "POST /counts/notice/plain/seen/10 HTTP/1.1"\n'
CLICK = '2026-11-26T11:00:00+00:00 "POST /counts/appeal/plain/click/1 HTTP/1.1"\n'
NOT_COUNTED = (
    '2026-11-26T11:00:00+00:00 "POST /counts/notice/nobody/seen/10 HTTP/1.1"\n'
    '2026-11-26T11:00:00+00:00 "POST /counts/notice/plain/seen/10 HTTP/1.1" "curl/8.5.0"\n'
    '2026-11-26T11:00:00+00:00 "GET / HTTP/1.1"\n'
    '2026-11-26T11:00:00+00:00 "POST /counts/notice/plain/seen/9 HTTP/1.1"\n'
    "\xff\x00\n"
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "counts.log"
    path.write_text("".join(COUNT.format(second) for second in range(3)) + CLICK + NOT_COUNTED, "latin-1")
    return path


def told(*command) -> str:
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def test_it_says_what_was_counted_and_what_was_not(log):
    assert told("count_log", str(log)).splitlines() == [
        "4 of 9 lines counted.",
        "Ignored, bots: 1",
        "Ignored, counts in no form of ours: 1",
        "Ignored, not a line of a log: 1",
        "Ignored, of sources that nobody knows: 1",
        "Ignored, other requests: 1",
        "2026-11-26 appeal/plain click: 1",
        "2026-11-26 notice/plain seen: 30",
    ]
    assert totals() == {"appeal/plain": {"click": 1}, "notice/plain": {"seen": 30}}


def test_the_same_log_under_any_name_is_counted_once(log, tmp_path):
    told("count_log", str(log))
    rotated = log.rename(tmp_path / "counts.log.1")
    assert told("count_log", str(rotated)).splitlines() == ["0 of 9 lines counted.", "Ignored, read before: 9"]
    assert totals()["notice/plain"] == {"seen": 30}
    assert ReadLog.objects.count() == 1


def test_of_a_log_that_has_grown_only_the_rest_is_counted(log):
    told("count_log", str(log))
    for number in range(4, 6):
        with log.open("a") as file:
            file.write(COUNT.format(number))
        assert "1 of " in told("count_log", str(log))
    assert totals()["notice/plain"] == {"seen": 50}


def test_a_line_that_is_still_being_written_waits(log):
    whole = log.read_bytes()
    log.write_bytes(whole + COUNT.format(7)[:-5].encode())
    told("count_log", str(log))
    assert totals()["notice/plain"] == {"seen": 30}
    log.write_bytes(whole + COUNT.format(7).encode())
    told("count_log", str(log))
    assert totals()["notice/plain"] == {"seen": 40}


def test_an_empty_log_is_nothing_to_remember(tmp_path):
    (tmp_path / "empty.log").touch()
    assert told("count_log", str(tmp_path / "empty.log")) == "0 of 0 lines counted.\n"
    assert not ReadLog.objects.exists()


def test_a_log_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.log cannot be read: No such file"):
        told("count_log", str(tmp_path / "nowhere.log"))


def test_the_sheet_withholds_a_few_and_rounds_the_rest(log):
    told("count_log", str(log))
    assert told("tallies").splitlines() == [
        "day,source,event,n",
        "2026-11-26,appeal/plain,click,",
        "2026-11-26,notice/plain,seen,30",
        "total,appeal/plain,click,",
        "total,notice/plain,seen,30",
    ]
    assert told("tallies", "--from", "2026-11-27").splitlines() == ["day,source,event,n"]
    with pytest.raises(CommandError, match="“yesterday” is no day"):
        told("tallies", "--to", "yesterday")
