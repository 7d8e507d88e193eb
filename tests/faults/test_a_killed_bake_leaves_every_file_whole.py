"""`kill -9` at random moments of a bake: every file is old or new, never half, and the next bake finishes."""

from collections import Counter
from pathlib import Path

import pytest

from tamizdat.bakery.rules import file_name
from tamizdat.bakery.tests.conftest import digest, lying_variants, manifest, plain, standing, tree
from tests.faults.baking import BAKERS, bakery
from tests.newsrooms import DATABASES, founded, has_postgresql
from tests.soak import SEED, record, tries

pytestmark = pytest.mark.timeout(3600)

KILLS = tries(soak=50, test=2)
ENDS = {".html": b"</html>", ".xml": b">", ".json": b"}", ".txt": b""}


@pytest.mark.parametrize("database", DATABASES)
def test_whoever_is_killed_readers_get_whole_files_and_the_next_bake_finishes(tmp_path, monkeypatch, database):
    if database == "postgresql" and not has_postgresql():
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    monkeypatch.setenv("BAKERS", str(BAKERS))
    (tmp_path / "mirror").mkdir()
    kills, finished = [], 0
    with founded(tmp_path, database, extra=mirror(tmp_path)) as newsroom:
        name_languages(newsroom)
        site = newsroom.home / "data" / "site"
        with bakery(newsroom, f"{SEED} {database}") as there:
            assert_finished(there, site, tmp_path / "mirror")
            while len(kills) < KILLS:
                there.edit()
                kill = there.kill_one()
                kills += [kill] if kill else []
                assert_whole(there, site)
                if there.chance.random() < 0.5:
                    there.push()
                    assert_complete(tmp_path / "mirror")
                if there.chance.random() < 0.5 or len(kills) == KILLS:
                    there.finish()
                    finished += 1
                    assert_finished(there, site, tmp_path / "mirror")
            edits, files = there.edits, len(plain(site))
    record(
        f"killed bakes, {database}", n=KILLS, seed=SEED, victims=Counter(kill.victim for kill in kills),
        batches_safe=[kill.batches for kill in kills], finished=finished, edits=len(edits), files=files,
    )  # fmt: skip


def mirror(folder):
    return f'[[mirrors]]\nname = "attic"\ndirectory = "{folder / "mirror"}"\n'


def name_languages(newsroom):
    toml = newsroom.home / "newsroom.toml"
    said = toml.read_text("utf-8")
    lines = ['languages = ["en", "ru", "ar"]' if line.startswith("languages") else line for line in said.splitlines()]
    toml.write_text("\n".join(lines) + "\n", "utf-8")


def assert_whole(there, site: Path):
    """Each file is what it was or is to be. What an edit changed under a baker's hands may be of both; it is due."""
    assert lying_variants(site) == []
    due, files = there.due(), plain(site)
    is_all_due = "*" in due
    unsure = {file_name(path) for path in due if path != "*"}
    for name in set(files).union(*there.papers):
        allowed = {paper.get(name) for paper in there.papers}
        said = files.get(name)
        if (said and digest(said)) not in allowed:
            assert there.is_disturbed and (name in unsure or is_all_due), name
            assert said is None or said.rstrip().endswith(ENDS.get(Path(name).suffix, b"")), name


def assert_finished(there, site: Path, mirror: Path):
    assert standing(site) == there.papers[-1]
    assert not there.due()
    assert lying_variants(site) == [] and not list(site.rglob("*.aside"))
    assert manifest(site)[1].keys() == there.papers[-1].keys()
    assert there.push()
    assert_complete(mirror)
    # Of a variant only the packing may differ: what a killed bake had packed in haste is packed anew by the next.
    assert plain(mirror) == plain(site) and tree(mirror).keys() == tree(site).keys()


def assert_complete(mirror: Path):
    """It holds what its manifest lists and nothing else."""
    assert {name: file["sha256"] for name, file in manifest(mirror)[1].items()} == standing(mirror)
    assert lying_variants(mirror) == []
