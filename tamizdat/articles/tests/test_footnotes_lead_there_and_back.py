import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from tamizdat.articles.blocks import LONGEST_BODY, LONGEST_TEXT
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.rules import notes
from tamizdat.articles.rules.sheets import Note
from tamizdat.articles.tests.conftest import Paper, whole

BODY = ArticlePage.body.field.stream_block


def stream(*blocks: tuple[str, object]) -> object:
    return BODY.to_python([{"type": kind, "value": value} for kind, value in blocks])


def refusal(*blocks: tuple[str, object]) -> list[str]:
    with pytest.raises(StreamBlockValidationError) as refused:
        BODY.clean(stream(*blocks))
    return [message for error in refused.value.non_block_errors.as_data() for message in error.messages]


def test_notes_are_numbered_and_their_marks_lead_to_them(paper: Paper) -> None:
    text = '<p>It blew[1] and <a href="https://e.example/">froze [2]</a>[2], and blew[1].</p>'
    paper.write("Storm", body=[("paragraph", text), ("notes", ["<p>Force <b>9</b>.</p>", "<p>At noon.</p>"])])
    page = whole()["/news/storm/"].page
    assert page.notes == (Note(1, "Force <b>9</b>."), Note(2, "At noon."))
    assert '<sup><a href="#note-1" id="mark-1" role="doc-noteref">1</a></sup> and' in page.body
    assert "froze [2]</a><sup>" in page.body, "a link holds no other link"
    assert page.body.count('id="mark-1"') == 1


def test_marks_work_in_lists_and_fact_boxes(paper: Paper) -> None:
    blocks = [
        ("list", {"kind": "bullet", "items": ["<p>Wind[1]</p>"]}),
        ("fact", {"title": "Ice", "paragraphs": "<p>Thin[2]</p>"}),
        ("notes", ["<p>One.</p>", "<p>Two.</p>"]),
    ]
    BODY.clean(stream(*blocks))
    paper.write("Storm", body=blocks)
    assert whole()["/news/storm/"].page.body.count("doc-noteref") == 2


def test_brackets_without_notes_stay_what_they_are(paper: Paper) -> None:
    paper.write("Storm", body=[("paragraph", "<p>The law of [1924] and [sic].</p>")])
    assert whole()["/news/storm/"].page.body == "<p>The law of [1924] and [sic].</p>"


def test_a_mark_without_a_note_is_refused_in_words() -> None:
    (said,) = refusal(("paragraph", "<p>It blew[2].</p>"))
    assert "footnote [2]" in said and "Add it" in said


def test_a_note_without_a_mark_is_refused_in_words() -> None:
    (said,) = refusal(("paragraph", "<p>It blew.</p>"), ("notes", ["<p>Force 9.</p>"]))
    assert "footnote 1" in said and "Write [1]" in said


def test_a_draft_may_lack_its_notes_for_a_while() -> None:
    BODY.clean_deferred(stream(("paragraph", "<p>It blew[2].</p>")))


def test_a_paragraph_that_is_too_long_is_refused_at_its_place() -> None:
    with pytest.raises(StreamBlockValidationError) as refused:
        BODY.clean(stream(("heading", "Wind"), ("paragraph", f"<p>{'x' * LONGEST_TEXT}</p>")))
    assert list(refused.value.block_errors) == [1]
    assert "Split it into paragraphs" in refused.value.block_errors[1].messages[0]


def test_a_body_that_is_too_long_is_refused_in_words() -> None:
    paragraphs = [("paragraph", f"<p>{'x' * 40_000}</p>")] * (LONGEST_BODY // 40_000 + 1)
    (said,) = refusal(*paragraphs)
    assert "Make two articles of it" in said


def test_a_gallery_of_one_picture_is_none() -> None:
    with pytest.raises(ValidationError):
        BODY.clean(stream(("gallery", [])))


def test_a_mark_within_an_address_or_a_tag_is_none() -> None:
    assert notes.marks('<a href="https://e.example/[3]">x</a> [4]<b title="[5]">[6]</b>') == {4, 6}
