from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from tamizdat.articles import actions, read_more
from tamizdat.articles.models import ReadMore
from tamizdat.articles.rules.likeness import MOST_NAMINGS, Candidate, best, stems, telling
from tamizdat.articles.tests.conftest import Paper, announcements, later, publish, whole


def recommended(path: str) -> list[str]:
    return [card.path for card in whole()[path].page.read_more]


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


def test_one_that_many_name_already_gives_way() -> None:
    known, equal = candidate(1, likeness=9.0, namings=9), candidate(2, likeness=9.0, days_apart=1)
    assert best([known, equal], count=2) == [2, 1]


def test_one_that_is_named_often_enough_comes_after_all_others() -> None:
    everywhere, unlike = candidate(1, likeness=9.0, namings=MOST_NAMINGS), candidate(2, days_apart=9000)
    assert best([everywhere, unlike], count=2) == [2, 1]


def test_the_words_that_tell_are_frequent_here_and_rare_elsewhere() -> None:
    text = "The harbour froze and the harbours closed while the town slept"
    assert telling("Ice", text, usage={"the": 200, "and": 180}, among=200, count=1) == ["harbou"]
    assert "the" not in telling("", text, usage={"the": 200}, among=200, count=5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Гавани и гавань", ["гавани", "гавань"]),
        ("Рыболовный рыболовного", ["рыболо", "рыболо"]),
        ("港口结冰 ice", ["港口", "口结", "结冰", "ice"]),
    ],
)
def test_stems_are_found_in_every_script(text: str, found: list[str]) -> None:
    assert list(stems(text)) == found


def test_publishing_does_not_wait_for_the_choice(paper: Paper) -> None:
    paper.write("Storm")
    later()
    paper.write("Calm")
    assert not whole()["/news/calm/"].page.read_more
    with announcements() as announced:
        later()
    assert announced.paths == {"/news/storm/", "/news/calm/"}
    assert recommended("/news/calm/") == ["/news/storm/"]


def test_an_older_article_that_is_like_a_new_one_is_offered_it(paper: Paper) -> None:
    paper.write("Storm")
    paper.write("Calm")
    later()
    assert recommended("/news/storm/") == ["/news/calm/"]


def test_an_article_recommends_what_is_like_it(paper: Paper) -> None:
    fish = [("paragraph", "<p>Herring quota, trawlers and the fishing fleet of the harbour.</p>")]
    for title in ("Opera", "Ballet", "Theatre", "Cinema", "Painting"):
        paper.write(title, topics=[], authors=[])
    paper.write("Herring", body=fish, topics=[], authors=[])
    paper.write("Trawlers", body=fish, topics=[], authors=[])
    later()
    found = recommended("/news/trawlers/")
    assert len(found) == 4
    assert found[0] == "/news/herring/"
    assert "/news/trawlers/" not in found


def test_what_is_like_it_is_found_behind_any_number_of_newer_articles(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_more, "FROM_A_SHELF", dict.fromkeys(read_more.FROM_A_SHELF, 1))
    fish = [("paragraph", "<p>Herring quota, trawlers and herring again.</p>")]
    paper.write("Herring", body=fish, dated=datetime(1996, 5, 1, tzinfo=UTC))
    for title in ("Opera", "Ballet", "Theatre"):
        paper.write(title)
    paper.write("Trawlers", body=fish)
    later()
    assert recommended("/news/trawlers/")[0] == "/news/herring/"


def test_another_language_is_not_recommended(paper: Paper) -> None:
    paper.write("Storm", under=paper.news_ru)
    paper.write("Calm")
    later()
    assert not recommended("/news/calm/")


def test_a_correction_that_changes_no_telling_word_lets_the_others_be(paper: Paper) -> None:
    storm = paper.write("Storm")
    paper.write("Calm")
    later()
    ReadMore.objects.filter(galley__path="/news/calm/").delete()
    publish(storm, updated_note="A comma.")
    later()
    assert not recommended("/news/calm/")


def test_articles_choose_again_at_night(paper: Paper) -> None:
    paper.write("Storm", dated=datetime(2026, 5, 1, tzinfo=UTC))
    paper.write("Calm")
    with announcements() as announced:
        assert actions.refresh_read_more() == 2
    assert announced.paths == {"/news/storm/", "/news/calm/"}
    assert recommended("/news/storm/") == ["/news/calm/"]
    assert actions.refresh_read_more() == 0


def test_an_old_article_that_has_not_chosen_does_so_at_night(paper: Paper) -> None:
    paper.write("Storm", dated=datetime(1999, 5, 1, tzinfo=UTC))
    paper.write("Calm")
    actions.refresh_read_more(newest=0)
    assert recommended("/news/storm/") == ["/news/calm/"]


def test_an_article_taken_out_is_recommended_no_longer_and_another_comes_in_its_place(paper: Paper) -> None:
    pages = {title: paper.write(title) for title in ("Storm", "Calm", "Fog", "Ice", "Snow", "Rain")}
    later()
    gone = recommended("/news/storm/")[0]
    pages[gone.split("/")[2].title()].unpublish()
    assert len(recommended("/news/storm/")) == 3
    later()
    assert len(recommended("/news/storm/")) == 4
    assert gone not in recommended("/news/storm/")


def test_a_correction_that_leaves_its_matter_alone_asks_for_no_choice(paper: Paper) -> None:
    storm = paper.write("Storm")
    later()
    publish(storm, updated_note="A comma.")
    assert not DBTaskResult.objects.ready().filter(task_path__startswith="tamizdat.articles.").exists()


def test_what_is_to_be_baked_goes_before_what_is_to_be_chosen(paper: Paper) -> None:
    paper.write("Storm")
    priorities = dict(DBTaskResult.objects.ready().values_list("task_path", "priority"))
    assert priorities["tamizdat.articles.tasks.choose_what_to_read_more"] < 0


def test_not_the_same_four_are_recommended_everywhere(paper: Paper) -> None:
    for number in range(24):
        paper.write(f"Number {number}", body=[("paragraph", "<p>Herring and trawlers.</p>")])
    later()
    actions.refresh_read_more()
    assert ReadMore.objects.values("named").distinct().count() >= 12
