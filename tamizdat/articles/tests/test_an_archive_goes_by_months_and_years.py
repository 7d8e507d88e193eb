"""The archive in small pages: every article on one of them, and each page leads to the next."""

from datetime import UTC, datetime

import pytest

from tamizdat.articles import queries
from tamizdat.articles.tests.conftest import Paper, whole


@pytest.fixture
def five(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Five articles of May and one of March, two to a page, few pages to a batch."""
    for room in ("archive_sheets", "rules.touched", "shelves"):
        monkeypatch.setattr(f"tamizdat.articles.{room}.CARDS", 2)
    monkeypatch.setattr("tamizdat.articles.archive_sheets.PAGES", 2)
    for day in range(1, 6):
        paper.write(f"Day {day}", dated=datetime(2026, 5, day, tzinfo=UTC))
    paper.write("Early", dated=datetime(2026, 3, 1, tzinfo=UTC))
    return paper


@pytest.mark.parametrize("shelf", ["/news/2026/05/", "/2026/05/"])
def test_a_months_articles_stand_on_as_many_pages_as_they_take(five: Paper, shelf: str) -> None:
    sheets = whole()
    pages = [sheets[path].page for path in (shelf, f"{shelf}2/", f"{shelf}3/")]
    assert [len(page.cards) for page in pages] == [2, 2, 1]
    assert [(page.leaf.before, page.leaf.after) for page in pages] == [
        ("", f"{shelf}2/"),
        (shelf, f"{shelf}3/"),
        (f"{shelf}2/", ""),
    ]
    assert f"{shelf}4/" not in sheets


def test_a_year_names_its_months_and_how_much_is_in_each(five: Paper) -> None:
    months = whole()["/news/2026/"].page.months
    assert [(one.path, one.count) for one in months] == [("/news/2026/05/", 5), ("/news/2026/03/", 1)]


def test_a_topic_goes_by_years_alone(five: Paper) -> None:
    sheets = whole()
    years = [path for path in sheets if path.startswith("/topics/ice/2026/")]
    assert years == ["/topics/ice/2026/", "/topics/ice/2026/2/", "/topics/ice/2026/3/"]
    assert [one.path for one in sheets["/topics/ice/"].page.years] == ["/topics/ice/2026/"]


def test_no_batch_holds_more_than_its_share_and_together_they_are_the_paper(five: Paper) -> None:
    catalogue = queries.catalogue()
    found = [path for one in queries.batches() for path in {s.path for s in queries.sheets_of(catalogue, one)}]
    assert len(found) == len(set(found))
    assert set(found) == {sheet.path for sheet in queries.sheets(found)}
    years = [one for one in queries.batches() if one.kind == "years"]
    assert max(int(one.key.split()[2]) for one in years) > 0
    assert len({one.name for one in queries.batches()}) == len(queries.batches())
