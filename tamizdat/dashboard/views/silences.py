"""What is asked when; and the places and days at which nothing is asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.asks import actions
from tamizdat.asks.calendar import calendar as calendar_of
from tamizdat.asks.models import Silence
from tamizdat.dashboard.forms import SilenceForm
from tamizdat.dashboard.views.ask_results import may_see
from tamizdat.newsroom import queries as newsroom

STOP = "asks.stop_asking"


@may_see
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/asks_calendar.html", {"calendar": calendar_of(today=newsroom.today())})


@permission_required(STOP)
def add(request: HttpRequest) -> HttpResponse:
    """A day of mourning, or a place that is stopped until somebody says otherwise."""
    today = newsroom.today()
    form = SilenceForm(request.POST or None, initial={"placement": request.GET.get("placement", ""), "first": today})
    if form.is_valid():
        silence = actions.be_silent(**form.cleaned_data, by=request.user)
        messages.success(request, f"Nothing is asked: {silence}. The newest pages follow in seconds.")
        return redirect("desk:asks_calendar")
    shown = {"form": form, "title": "Ask nothing", "verb": "Ask nothing", "back": "desk:asks_calendar"}
    return render(request, "dashboard/form.html", shown)


@require_POST
@permission_required(STOP)
def end(request: HttpRequest, silence: int) -> HttpResponse:
    found = get_object_or_404(Silence, pk=silence)
    if actions.end_silence(silence=found, by=request.user, now=timezone.now()):
        messages.success(request, f"Readers are asked again: {found.get_placement_display() or 'everywhere'}.")
    return redirect("desk:asks_calendar")
