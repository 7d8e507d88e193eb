"""A path of `/counts/` says what happened; nothing else is counted, and a bot's word neither."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.asks.models import ReadLog, Tally
from tamizdat.asks.rules.counting import BOTS, EVENTS, LONGEST_SOURCE, Counted, counted, is_bot, sheet, told
from tamizdat.asks.rules.logs import Ignored, logged

DAY = date(2026, 11, 26)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.mark.parametrize(
    ("path", "source", "event", "times"),
    [
        ("/counts/notice/plain/seen/1", "notice/plain", "seen", 1),
        ("/counts/notice/winter.warm/seen/10", "notice/winter.warm", "seen", 10),
        ("/counts/appeal/plain/click/1", "appeal/plain", "click", 1),
        ("/counts/bar/winter-2.cold-3/close/10", "bar/winter-2.cold-3", "close", 10),
        ("/counts/inline/2026/later/1", "inline/2026", "later", 1),
        (f"/counts/a/{'b' * (LONGEST_SOURCE - 2)}/seen/1", f"a/{'b' * (LONGEST_SOURCE - 2)}", "seen", 1),
    ],
)
def test_a_path_says_what_happened_and_how_often(path, source, event, times):
    assert counted(path, day=DAY) == (Counted(DAY, source, event), times)


@pytest.mark.parametrize(
    "path",
    [
        "/counts/", "/counts", "/", "/counts/notice/plain/seen", "/counts/notice/plain/seen/", "/counts/plain/seen/1",
        "/counts/notice/plain/seen/2", "/counts/notice/plain/seen/100", "/counts/notice/plain/seen/01",
        "/counts/notice/plain/seen/-1", "/counts/notice/plain/seen/1/", "/counts/notice/plain/seen/1\n",
        "/counts/notice/plain/gave/1", "/counts/notice/plain/SEEN/1", "/counts/Notice/plain/seen/1",
        "/counts/notice/a/b/seen/1", "/counts/notice//seen/1", "/counts//plain/seen/1", "/counts/notice/pl ain/seen/1",
        "/counts/notice/plain%2e/seen/1", "/counts/notice/plаin/seen/1", "/counts/notice/../seen/1/x",
        "/en/counts/notice/plain/seen/1", "//counts/notice/plain/seen/1", "/counts/no.tice/plain/seen/1",
        f"/counts/a/{'b' * (LONGEST_SOURCE - 1)}/seen/1", "/counts/notice/plain/seen/١",
    ],
)  # fmt: skip
def test_any_other_path_says_nothing(path):
    assert counted(path, day=DAY) is None


@given(st.text())
def test_no_text_makes_it_fail(text):
    assert counted(text, day=DAY) is None
    assert logged(text) in Ignored


@pytest.mark.parametrize(
    "agent",
    [
        "", "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "Python-urllib/3.11", "Go-http-client/2.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)", "facebookexternalhit/1.1", "TelegramBot (like TwitterBot)",
        "Baiduspider/2.0", "Apache-HttpClient/4.5", "archive.org_bot", "Skype Preview", "Chrome-Lighthouse",
    ],
)  # fmt: skip
def test_a_bot_is_known_by_its_own_words(agent):
    assert is_bot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12.423 Version/12.16",
    ],
)
def test_a_browser_is_not_taken_for_one(agent):
    assert not is_bot(agent)


def test_the_words_are_written_as_they_are_looked_for():
    assert all(word == word.lower() for word in BOTS)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('1.2.3.4 - - [26/Nov/2026:13:16:30 +0000] "POST /counts/notice/plain/seen/10 HTTP/1.1" 204 0', DAY),
        (
            '1.2.3.4 - - [26/Nov/2026:13:16:30 +0000] "POST /counts/notice/plain/seen/10 HTTP/2.0" 204 0 '
            f'"https://paper.example/" "{FIREFOX}"',
            DAY,
        ),
        (
            '- - - [26/Nov/2026:13:16:30 +0000] "POST /counts/notice/plain/seen/10 HTTP/2.0" 204 0 '
            f'"-" "{FIREFOX} \\"quoted\\"" "-"',
            DAY,
        ),
        ('2026-11-26T13:16:30+00:00 "POST /counts/notice/plain/seen/10 HTTP/1.1"', DAY),
        ('2026-11-26 "POST /counts/notice/plain/seen/10 HTTP/1.1"', DAY),
        (f'2026-11-26T13:16:30Z "POST /counts/notice/plain/seen/10 HTTP/3.0" 204 "{FIREFOX}"', DAY),
        ('2026-11-27T01:30:00+03:00 "POST /counts/notice/plain/seen/10 HTTP/1.1"', DAY),
        ('h - - [25/Nov/2026:22:00:00 -0500] "POST /counts/notice/plain/seen/10 HTTP/1.1" 204 0', DAY),
    ],
)
def test_a_line_of_a_log_counts_on_its_day_in_utc(line, said):
    assert logged(line + "\n") == (Counted(said, "notice/plain", "seen"), 10)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", Ignored.UNREADABLE),
        ("nonsense", Ignored.UNREADABLE),
        ('2026-13-45 "POST /counts/notice/plain/seen/1 HTTP/1.1"', Ignored.UNREADABLE),
        ('h - - [31/Foo/2026:1] "POST /counts/notice/plain/seen/1 HTTP/1.1" 204 0', Ignored.UNREADABLE),
        ('2026-11-26 "GET /counts/notice/plain/seen/1 HTTP/1.1"', Ignored.OTHER),
        ('2026-11-26 "POST /support/ HTTP/1.1"', Ignored.OTHER),
        ('2026-11-26 "GET / HTTP/1.1"', Ignored.OTHER),
        ('2026-11-26 ""', Ignored.OTHER),
        ('2026-11-26 "POST /counts/notice/plain/seen/5 HTTP/1.1"', Ignored.WRONG),
        ('2026-11-26 "POST /counts/notice/plain/seen/1?who=me HTTP/1.1"', Ignored.WRONG),
        ('2026-11-26 "POST /counts/notice/plain/seen/1 HTTP/1.1" "curl/8.5.0"', Ignored.BOT),
        ('2026-11-26 "POST /counts/notice/plain/seen/1 HTTP/1.1" ""', Ignored.BOT),
        ('h - - [26/Nov/2026:13:16:30 +0000] "POST /counts/notice/plain/seen/1 HTTP/1.1" 204 0 "-" "-"', Ignored.BOT),
    ],
)
def test_a_line_that_counts_nothing_says_why(line, reason):
    assert logged(line) == reason


@pytest.mark.parametrize(("n", "said"), [(0, None), (9, None), (10, 10), (14, 10), (15, 20), (25, 30), (1_234, 1_230)])
def test_an_export_withholds_small_sums_and_rounds_the_others(n, said):
    assert told(n) == said


def test_a_total_is_rounded_once_with_its_small_days_in_it():
    days = {Counted(DAY.replace(day=day), "notice/plain", "click"): 7 for day in (1, 2, 3)}
    assert list(sheet(days)) == [
        ("2026-11-01", "notice/plain", "click", None),
        ("2026-11-02", "notice/plain", "click", None),
        ("2026-11-03", "notice/plain", "click", None),
        ("total", "notice/plain", "click", 20),
    ]


def test_a_tally_holds_nothing_finer_than_a_day_and_nothing_about_a_person():
    kinds = {field.name: field.get_internal_type() for field in Tally._meta.get_fields()}
    assert kinds == {
        "id": "BigAutoField", "day": "DateField", "source": "CharField", "event": "CharField",
        "n": "PositiveBigIntegerField",
    }  # fmt: skip
    assert Tally._meta.get_field("source").max_length == LONGEST_SOURCE
    assert all(len(event) <= Tally._meta.get_field("event").max_length for event in EVENTS)


def test_of_a_log_that_was_read_only_its_digest_and_length_are_kept():
    assert {field.name for field in ReadLog._meta.get_fields()} == {"id", "length", "digest", "at"}
