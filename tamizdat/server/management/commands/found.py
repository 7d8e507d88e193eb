"""The part of `tamizdat new` that stands inside the database. Not for use by hand."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from tamizdat.articles import actions as articles
from tamizdat.dashboard import actions as dashboard
from tamizdat.newsroom import actions as newsroom
from tamizdat.newsroom.rules import Kind
from tamizdat.server.refusal import Refusal


class Command(BaseCommand):
    help = "Stamp a new newsroom, lay its first pages, make its first administrator (called by `tamizdat new`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], required=True)
        parser.add_argument("--administrator", required=True, help="login, email and password as JSON")

    @transaction.atomic
    def handle(self, *, kind: str, administrator: str, **_: Any) -> None:
        newsroom.found(kind=Kind(kind))
        dashboard.make_roles()
        articles.lay_paper(languages=settings.NEWSROOM.paper.languages)
        _make_administrator(**json.loads(administrator))


def _make_administrator(*, login: str, email: str, password: str) -> None:
    users = get_user_model()
    user = users(username=login, email=email, is_staff=True, is_superuser=True)
    try:
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(f"The first administrator cannot be made: {' '.join(error.messages)}") from None
    user.set_password(password)
    user.save()
