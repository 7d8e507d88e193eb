"""A volunteer's file becomes blocks, or is refused with its line and the remedy."""

import pytest

from tamizdat.demo.reading import BadFile, read, read_article

HEAD = """+++
title = "A title"
standfirst = "A standfirst."
kicker = "A kicker"
section = "news"
topics = ["harbour"]
authors = ["marta-kallasvee"]
published = 3
+++
"""


@pytest.fixture
def written(tmp_path):
    def write(body, head=HEAD, name="a-title.en.md"):
        path = tmp_path / name
        path.write_text(head + body, "utf-8")
        return path

    return write


def body_of(path):
    return read_article(path).body


def refusal(path):
    with pytest.raises(BadFile) as caught:
        read_article(path)
    return str(caught.value)


def test_a_paragraph_carries_bold_italic_and_links_and_nothing_else(written):
    text = "\nOne **bold** & *fine*\nline, [here](/about/) <b>.\n"
    assert body_of(written(text)) == [
        (
            "paragraph",
            '<p>One <b>bold</b> &amp; <i>fine</i> line, <a href="/about/">here</a> &lt;b&gt;.</p>',
        )
    ]


def test_every_kind_of_block_is_known_by_its_first_sign(written):
    text = """
## A heading

> Said once. — Somebody

>> Said large.

- one
- two

1. first
2. second

| a | b |
|---|---|
| 1 |  |

![lighthouse]
alt: A lighthouse.
caption: At night.

:::card /about/
Who we are
Five people.
:::

:::fact A box
One.

Two.
:::

:::gallery
![boats]
alt: Boats.

![lighthouse]
alt: A lighthouse.
:::

[1]: Said **where**.
"""
    assert body_of(written(text)) == [
        ("heading", "A heading"),
        ("quote", {"text": "Said once.", "who": "Somebody"}),
        ("pull", "Said large."),
        ("list", {"kind": "bullet", "items": ["one", "two"]}),
        ("list", {"kind": "numbered", "items": ["first", "second"]}),
        ("table", [["a", "b"], ["1", ""]]),
        ("picture", {"picture": "lighthouse", "alt": "A lighthouse.", "credit": "", "caption": "At night."}),
        ("card", {"address": "/about/", "title": "Who we are", "text": "Five people."}),
        ("fact", {"title": "A box", "paragraphs": "<p>One.</p><p>Two.</p>"}),
        (
            "gallery",
            [
                {"picture": "boats", "alt": "Boats.", "credit": "", "caption": ""},
                {"picture": "lighthouse", "alt": "A lighthouse.", "credit": "", "caption": ""},
            ],
        ),
        ("notes", ["<p>Said <b>where</b>.</p>"]),
    ]


@pytest.mark.parametrize(
    ("body", "line", "remedy"),
    [
        ("\n> Said by nobody.\n", 11, "who said it"),
        ("\n- one\ntwo\n", 12, "begins with “- ”"),
        ("\n1. one\n3. two\n", 12, "“2. ”"),
        ("\n| a | b |\n| 1 |\n", 12, "2 cells"),
        ("\n![lighthouse]\ncaption: No words for the blind.\n", 12, "alt"),
        ("\n:::fact Open\n\nFor ever.\n", 11, "never closed"),
        ("\n:::note\nWhat?\n:::\n", 11, ":::fact"),
        ("\n:::gallery\n![boats]\nalt: Boats.\n:::\n", 11, "two pictures"),
        ("\n[1]: One.\n[3]: Three.\n", 12, "“[2]: ”"),
        ("\n# Too big\n", 11, "## heading"),
        ("\n", 10, "no text"),
    ],
)
def test_a_slip_in_the_body_is_refused_by_its_line(written, body, line, remedy):
    said = refusal(written(body))
    assert said.startswith(f"a-title.en.md, line {line}: ")
    assert remedy in said


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('title = "A title"', "title = A title", "line 2"),
        ('title = "A title"\n', "", "“title” is missing"),
        ("published = 3", 'published = "3"', "whole number"),
        ("published = 3", "published = 3\nis_sensitive = 1", "true or false"),
        ('kicker = "A kicker"', 'kicker = "A"\nkiker = "B"', "line 5: “kiker” is unknown"),
        ("+++\ntitle", "title", "begins with a line +++"),
    ],
)
def test_a_slip_in_the_front_matter_is_refused(written, old, new, remedy):
    assert remedy in refusal(written("\nText.\n", HEAD.replace(old, new)))


def test_a_file_is_named_by_slug_and_language(written):
    assert "slug.language.md" in refusal(written("\nText.\n", name="a-title.md"))


def test_the_paper_itself_is_without_slips_and_large_enough():
    paper = read()
    per_language = {code: [a for a in paper.articles if a.language == code] for code in ("en", "ru", "ar")}
    assert (len(paper.sections), len(paper.topics), len(paper.authors)) == (3, 6, 5)
    assert len(per_language["en"]) >= 32
    assert len(per_language["ru"]) >= 8
    assert len(per_language["ar"]) >= 6
    assert len(paper.pages) == 12


def test_a_translation_stands_beside_its_original():
    paper = read()
    originals = {a.slug: a for a in paper.articles if a.language == "en"}
    for article in paper.articles:
        original = originals[article.slug]
        assert (article.path, article.published, article.picture) == (
            original.path,
            original.published,
            original.picture,
        )


def test_the_costs_of_a_month_are_ten_thousand_dollars():
    assert sum(cost.dollars for cost in read().costs) == 10_000
