from datetime import UTC, datetime

from tamizdat.articles import actions
from tamizdat.articles.models import ReadMore
from tamizdat.articles.rules.likeness import Candidate, best
from tamizdat.articles.tests.conftest import Paper, announcements, whole


def candidate(id: int, **given: float) -> Candidate:
    return Candidate(**{"id": id, "likeness": 0.0, "common_topics": 0, "days_apart": 0, **given})


def test_likeness_topic_and_age_count_in_this_order() -> None:
    like, topical, fresh = (
        candidate(1, likeness=9.0, days_apart=900),
        candidate(2, common_topics=1, days_apart=900),
        candidate(3),
    )
    assert best([fresh, topical, like], count=4) == [1, 2, 3]


def test_equals_are_put_in_the_same_order_every_time() -> None:
    assert best([candidate(1), candidate(3), candidate(2)], count=2) == [3, 2]


def test_an_article_recommends_what_is_like_it(paper: Paper) -> None:
    fish = [("paragraph", "<p>Herring quota, trawlers and the fishing fleet of the harbour.</p>")]
    for title in ("Opera", "Ballet", "Theatre", "Cinema", "Painting"):
        paper.write(title, topics=[], authors=[])
    paper.write("Herring", body=fish, topics=[], authors=[])
    paper.write("Trawlers", body=fish, topics=[], authors=[])
    cards = whole()["/news/trawlers/"].page.read_more
    assert len(cards) == 4
    assert cards[0].path == "/news/herring/"
    assert "/news/trawlers/" not in [card.path for card in cards]


def test_older_articles_choose_again_at_night(paper: Paper) -> None:
    paper.write("Storm", dated=datetime(2026, 5, 1, tzinfo=UTC))
    paper.write("Calm")
    assert not whole()["/news/storm/"].page.read_more
    with announcements() as announced:
        assert actions.refresh_read_more() == 1
    assert announced.paths == {"/news/storm/"}
    assert [card.path for card in whole()["/news/storm/"].page.read_more] == ["/news/calm/"]
    assert actions.refresh_read_more() == 0


def test_an_article_taken_out_is_recommended_no_longer(paper: Paper) -> None:
    storm = paper.write("Storm")
    paper.write("Calm")
    storm.unpublish()
    assert not ReadMore.objects.exists()
