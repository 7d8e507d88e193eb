"""The asks at the desk: Wagtail's screens for what editors write, with what each ask does and earns."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters import BooleanFilter
from wagtail.admin.auth import PermissionPolicyChecker
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CopyView, IndexView, SnippetViewSet

from tamizdat.asks import actions, result_queries, states
from tamizdat.asks.models import Ask
from tamizdat.asks.queries import silent_placements
from tamizdat.asks.rules.placements import source
from tamizdat.dashboard.views.ask_results import ASKS
from tamizdat.reader.environment import money

COPIED = (
    "placement",
    "priority",
    "audience",
    "most_showings",
    "close_days",
    "paragraph",
    "wordings",
    "hold_out",
    "is_same_words",
)
may_publish = PermissionPolicyChecker(ASKS).require("publish")


class AskFilters(WagtailFilterSet):
    archived_at = BooleanFilter(lookup_expr="isnull", exclude=True, label="In the archive")

    class Meta:
        model = Ask
        fields = ["placement", "live"]

    def filter_queryset(self, queryset: QuerySet[Ask]) -> QuerySet[Ask]:
        """The archive is shown when it is asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["archived_at"] is not None else found.filter(archived_at=None)


class AskIndex(IndexView):
    """Every ask with what it does and what it earned; sums of all of them are read once."""

    def get_base_queryset(self) -> QuerySet[Ask]:
        return super().get_base_queryset().select_related("latest_revision")

    @cached_property
    def columns(self) -> list[Column]:
        standings, silent, coming = result_queries.standings(), silent_placements(), states.scheduled()

        def standing(ask: Ask) -> result_queries.Standing:
            return standings.get(source(ask.placement, ask.key), result_queries.Standing())

        def earned(ask: Ask) -> str:
            return " + ".join(money(one) for one in standing(ask).money_by_currency.values()) or "–"

        _, title, *_ = super().columns  # nothing is done to many asks at once
        return [
            title,
            Column("placement", label="Place", accessor="get_placement_display", sort_key="placement"),
            Column("state", label="State", accessor=lambda ask: states.state(ask, silent, coming)),
            Column("showings", label="Shown in 7 days", accessor=lambda ask: f"{standing(ask).showings_7:,}"),
            Column("gifts", label="Gifts", accessor=lambda ask: f"{standing(ask).gifts:,}"),
            Column("earned", label="Earned", accessor=earned),
        ]

    def get_list_more_buttons(self, instance: Ask) -> list[Button]:
        more = super().get_list_more_buttons(instance)
        more.append(Button("Try it", reverse("desk:ask_try", args=[instance.pk]), icon_name="mobile-alt", priority=11))
        more.append(Button("Results", reverse("desk:ask_results", args=[instance.pk]), icon_name="view", priority=12))
        if ASKS.user_has_permission(self.request.user, "publish"):
            name, verb = ("bring_ask_back", "Bring back") if instance.archived_at else ("archive_ask", "Archive")
            more.append(
                Button(f"{verb}…", reverse(f"desk:{name}", args=[instance.pk]), icon_name="folder", priority=60)
            )
        return sorted(more)


class AskCopy(CopyView):
    """A new draft with the same words, under a short name of its own: counts and gifts are told apart by it."""

    def get_initial_form_instance(self) -> Ask:
        """Not the ask itself, as Wagtail has it: what is sent here would overwrite that."""
        original = self.get_object()
        same = {name: getattr(original, name) for name in COPIED}
        return Ask(**same, name=f"{original.name} (copy)", live=False)


class AskViewSet(SnippetViewSet):
    model = Ask
    url_namespace = admin_url_namespace = "asks"
    url_prefix = base_url_path = "asks"
    icon = "comment"
    menu_label = "Asks"
    menu_order = 120
    add_to_admin_menu = True
    list_per_page = 50
    filterset_class = AskFilters
    index_view_class = AskIndex
    copy_view_class = AskCopy
    index_template_name = "dashboard/asks.html"
    index_results_template_name = "dashboard/asks_results.html"

    def register_chooser_viewset(self) -> None:
        """None: nothing chooses asks, and Wagtail's chooser would show their names to everybody at the desk."""


@may_publish
def archive(request: HttpRequest, ask: int) -> HttpResponse:
    """Put an ask away, once its editor has read what that means."""
    found = get_object_or_404(Ask, pk=ask, archived_at=None)
    if request.method == "POST":
        actions.archive(ask=found, by=request.user, now=timezone.now())
        messages.success(request, f"“{found}” is in the archive, with what it earned.")
        return redirect("asks:list")
    return render(request, "dashboard/ask_archive.html", {"ask": found})


@may_publish
def bring_back(request: HttpRequest, ask: int) -> HttpResponse:
    found = get_object_or_404(Ask.objects.exclude(archived_at=None), pk=ask)
    if request.method == "POST":
        actions.bring_back(ask=found)
        messages.success(request, f"“{found}” is a draft again; publish it when it is to ask.")
        return redirect("asks:edit", found.pk)
    return render(request, "dashboard/ask_archive.html", {"ask": found})


def keep_what_was_live(request: HttpRequest, asks: Sequence[Model]) -> HttpResponse | None:
    """Counts and gifts carry the name of an ask that was live: it may be put away, never deleted."""
    if not any(isinstance(one, Ask) and one.sources.exists() for one in asks):
        return None
    messages.error(request, "An ask that has been live cannot be deleted: gifts carry its name. Archive it instead.")
    return redirect("asks:list")


def keep_what_is_archived(request: HttpRequest, ask: Model) -> HttpResponse | None:
    """What lies in the archive is looked at; to change or publish it, it is brought back first."""
    if request.method != "POST" or not isinstance(ask, Ask) or not ask.archived_at:
        return None
    messages.error(request, f"“{ask}” is in the archive. Bring it back before you change it.")
    return redirect("asks:list")
