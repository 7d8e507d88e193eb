"""Gifts in cash and by cheque. Nobody tells of them but who took them in, at the desk."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from tamizdat.providers.brought.provider import Brought
from tamizdat.support.rules.contract import Capabilities, GiveUp, Instructions, Intent, Urls
from tamizdat.support.rules.statements import BadStatement, Movement

CODE = "offline"


class Offline(Brought):
    """The newsroom's cash box, real wherever it stands."""

    @classmethod
    def from_settings(cls) -> Offline:
        """Nothing is to be set up."""
        return cls(import_string(settings.MOVEMENTS)(CODE))

    def capabilities(self) -> Capabilities:
        """No reader is offered it: it has no cadence to choose."""
        return Capabilities(
            code=CODE,
            label="Cash or cheque",
            cadences=frozenset(),
            currencies=None,
            is_pretend=None,
            by_statement=True,
            by_hand=True,
        )

    def start(self, intent: Intent, urls: Urls) -> Instructions:
        """Raises GiveUp."""
        raise GiveUp("cash is not given on a page")

    def read_statement(self, raw: bytes) -> list[Movement]:
        """Raises BadStatement."""
        raise BadStatement("cash has no statement: write each gift down at the desk, under Money, Cash and cheques")
