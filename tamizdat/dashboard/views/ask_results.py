"""What came of an ask, for everybody who may see asks."""

import csv
from datetime import UTC, date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.admin.auth import PermissionPolicyChecker
from wagtail.permission_policies import ModelPermissionPolicy

from tamizdat.asks import result_queries
from tamizdat.asks.models import Ask
from tamizdat.asks.rules.counting import sheet

ASKS = ModelPermissionPolicy(Ask)
ANY = ("view", "add", "change", "publish")
may_see = PermissionPolicyChecker(ASKS).require_any(*ANY)


def may_see_asks(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(ASKS.user_has_any_permission(user, ANY))


@may_see
def index(request: HttpRequest, ask: int) -> HttpResponse:
    found = get_object_or_404(Ask, pk=ask)
    shown = {"ask": found, "outcome": result_queries.outcome(found, today=_today())}
    return render(request, "dashboard/ask_results.html", shown)


@may_see
def export(request: HttpRequest, ask: int) -> HttpResponse:
    """The ask's part of what `tamizdat tallies` writes: rounded, and withheld where there are few."""
    found = get_object_or_404(Ask, pk=ask)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.key}.csv"'
    answer["Cache-Control"] = "no-store"
    written = csv.writer(answer, lineterminator="\n")
    written.writerow(["day", "source", "event", "n"])
    written.writerows(sheet(result_queries.counted(found, last=_today())))
    return answer


def _today() -> date:
    return datetime.now(UTC).date()
