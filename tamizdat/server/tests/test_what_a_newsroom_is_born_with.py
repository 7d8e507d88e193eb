"""The folder that `tamizdat new` writes."""

import dataclasses
import re
import stat
import tomllib

import pytest

from tamizdat.newsroom import configuration
from tamizdat.newsroom.giving import Giving, Prices
from tamizdat.newsroom.rules import Kind
from tamizdat.server.founding import Birth, write_folder


@pytest.fixture
def born(tmp_path):
    def of(kind: Kind, **named):
        named = {"name": 'The "Free" Gazette\\', "address": "http://127.0.0.1:8123", **named}
        write_folder(Birth(folder=tmp_path / "paper", kind=kind, **named))
        return tmp_path / "paper"

    return of


def test_every_setting_stands_in_the_file(born):
    text = (born(Kind.LIVE) / "newsroom.toml").read_text("utf-8")
    sections = (configuration.Paper, Giving, Prices, configuration.Post, configuration.Server, configuration.Mirror)
    for section in sections:
        for field in dataclasses.fields(section):
            name = {"suggested": "[giving.suggested]", "prices": "[giving.also.EUR]"}.get(field.name, field.name)
            assert re.search(rf"^(# )?{re.escape(name)}( =|$)", text, re.MULTILINE), field.name


def test_every_setting_that_is_out_may_be_put_in(born):
    text = (born(Kind.TRAINING) / "newsroom.toml").read_text("utf-8")
    opened = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE).replace("….onion", "abc.onion")
    assert configuration.parse(tomllib.loads(opened), {}).mirrors[0].name == "usb-stick"


@pytest.mark.parametrize(("kind", "providers"), [(Kind.TRAINING, ("practice", "offline")), (Kind.LIVE, ())])
def test_only_training_pays_with_play_money(born, kind, providers):
    loaded = configuration.load(born(kind) / "newsroom.toml", {})
    assert loaded.giving.providers == providers
    assert (loaded.paper.name, loaded.server.port) == ('The "Free" Gazette\\', 8123)


def test_an_address_behind_a_proxy_does_not_name_our_port(born):
    loaded = configuration.load(born(Kind.LIVE, address="https://paper.example:8443") / "newsroom.toml", {})
    assert (loaded.paper.address, loaded.server.port) == ("https://paper.example:8443", 8000)


def test_without_an_address_it_stands_wherever_its_port_is(born):
    file = born(Kind.TRAINING, address="") / "newsroom.toml"
    assert configuration.load(file, {}).paper.address == "http://127.0.0.1:8000"
    moved = configuration.load(file, {"PORT": "8010"}).paper
    assert (moved.address, moved.giving_address) == ("http://127.0.0.1:8010", "http://127.0.0.1:8010")


def test_keys_are_their_owners_alone(born):
    keys = born(Kind.LIVE) / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    found = {key.name: key.read_text() for key in keys.iterdir()}
    assert found.keys() == {"secret.key", "letters.key", "practice.key"}
    assert len(set(found.values())) == 3
    assert all(stat.S_IMODE(key.stat().st_mode) == 0o600 for key in keys.iterdir())
    assert stat.S_IMODE((keys.parent / "newsroom.toml").stat().st_mode) == 0o600
