"""The first screen: what each role needs to see before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from tamizdat.asks import alarm_queries
from tamizdat.asks import queries as asks
from tamizdat.bakery import queries as bakery
from tamizdat.dashboard import queries
from tamizdat.letters import queries as letters
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support


class MoneyPanel(Component):
    """For who may see gifts: the month first, then a year of months, then what wants attention."""

    name, order = "desk-money", 40
    template_name = "dashboard/home_money.html"

    class Media:
        css = {"all": ["dashboard/desk.css"]}
        js = ["dashboard/vendor/chart.umd.js", "dashboard/chart.js"]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        months = queries.months(Month.of(newsroom.today()))
        return {
            "perms": parent_context["perms"],
            "now": months[-1],
            "as_of": timezone.now(),
            "months": months[::-1],
            "chart": chart(months),
            "payments": support.latest_payments(8),
            "letters_waiting": letters.waiting(),
            "stuck_tasks": queries.stuck_tasks(),
            "why_not_asking": asks.why_not_asking(),
            "examination": queries.examination(),
        }


class PaperPanel(Component):
    """For who may edit: where to write, what is drafted, what is scheduled, what was baked."""

    name, order = "desk-paper", 50
    template_name = "dashboard/home_paper.html"

    class Media:
        css = {"all": ["dashboard/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "sections": queries.sections(user),
            "has_languages": len(newsroom.configuration().paper.languages) > 1,
            "drafts": queries.drafts(user),
            "scheduled": queries.scheduled(user),
            "builds": bakery.latest_builds(5),
            "paths_waiting": bakery.waiting(),
        }


class AlarmPanel(Component):
    """For who may see asks, above all else: those that readers no longer see. Without any there is no panel."""

    name, order = "desk-alarm", 30
    template_name = "dashboard/home_alarm.html"

    class Media:
        css = {"all": ["dashboard/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"alarms": alarm_queries.standing_alarms(now=timezone.now())}


def chart(months: list[queries.MonthLine]) -> dict[str, list[str]]:
    """The table's own figures for the script that draws them, in major units, oldest first."""
    return {
        "months": [str(line.month) for line in months],
        "raised": [line.raised.decimal() for line in months],
        "need": [line.need.decimal() for line in months],
    }
