"""What the desk shows. Values out; nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.cache import cache
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from tamizdat.articles.models import SectionPage
from tamizdat.dashboard import health
from tamizdat.ledger import queries as ledger
from tamizdat.ledger.rules import costs as arithmetic
from tamizdat.letters import queries as letters
from tamizdat.mirrors import queries as mirrors
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import queries as reminders
from tamizdat.support import queries as support

EXAMINED_SECONDS = 60
SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A month in four figures, as the books have them now. `raised` may be negative, `gap` may not."""

    month: Month
    need: Money
    raised: Money
    gap: Money
    supporters: int


@dataclass(frozen=True, slots=True)
class Examination:
    """What `doctor` found, and when it looked."""

    at: datetime
    findings: list[str]


def findings() -> list[str]:
    """What is wrong in this newsroom, a sentence each, with its remedy; empty when all is well.

    Reads all of the books. Before the database has its present shape nothing else can be asked.
    """
    return list(health.migrations()) or [
        *ledger.self_checks(),
        *support.self_checks(),
        *letters.self_checks(),
        *reminders.self_checks(),
        *mirrors.self_checks(),
        *health.complaints(timezone.now()),
    ]


def examination() -> Examination:
    """What `doctor` finds, asked at most once a minute."""
    found: Examination = cache.get_or_set(
        "dashboard.examination", lambda: Examination(timezone.now(), findings()), EXAMINED_SECONDS
    )
    return found


def months(last: Month, count: int = 12) -> list[MonthLine]:
    """So many months up to and including `last`, oldest first, in the newsroom's currency."""
    currency, costs = newsroom.configuration().giving.currency, ledger.all_costs()
    lines = []
    for month in (last - (count - 1)).until(last):
        need, raised = arithmetic.need(costs, month, currency), ledger.raised(month, currency)
        lines.append(
            MonthLine(
                month=month,
                need=need,
                raised=raised,
                gap=arithmetic.gap(need, raised),
                supporters=support.supporters(month),
            )
        )
    return lines


def stuck_tasks() -> int:
    """Tasks that nobody has taken up for ten minutes."""
    return health.stuck_tasks(timezone.now())


def drafts(user: AbstractUser) -> list[Page]:
    """Pages with words that readers cannot see yet and no time is set for, last edited first."""
    pages = _editable(user).filter(has_unpublished_changes=True, goes_live_at=None)
    return list(pages.order_by("-latest_revision_created_at")[:SHOWN])


def scheduled(user: AbstractUser) -> list[Page]:
    """Pages that will be published by themselves at `goes_live_at`, soonest first."""
    return list(_editable(user).exclude(goes_live_at=None).order_by("goes_live_at")[:SHOWN])


def sections(user: AbstractUser) -> list[Page]:
    """Sections in which this login may write, in the paper's order."""
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
    return list(pages.type(SectionPage).select_related("locale").order_by("path"))


def _editable(user: AbstractUser) -> QuerySet[Page]:
    approved = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    )
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1).annotate(goes_live_at=Subquery(approved.values("approved_go_live_at")[:1]))
