"""An ask tried on any page, as any reader, by the page's own script; nothing is counted or kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from tamizdat.asks.board import value
from tamizdat.asks.models import Ask
from tamizdat.asks.rules.placements import PLAIN, Placement, source
from tamizdat.asks.rules.refusals import SENTENCES
from tamizdat.asks.rules.wordings import LONGEST, Text, hints, marked
from tamizdat.dashboard.trying import EXAMPLES, ReaderForm, tried
from tamizdat.dashboard.views.ask_results import may_see

LONGEST_TEXT = 5000


@may_see
def index(request: HttpRequest, ask: int) -> HttpResponse:
    found = get_object_or_404(Ask, pk=ask)
    draft = found.get_latest_revision_as_object()
    form = ReaderForm(request.GET if "page" in request.GET else None, ask=draft)
    names, pages = _names(), form.fields["page"].choices
    page = request.GET.get("page") or (pages[0][0] if pages else "")
    shown: dict[str, Any] = {
        "ask": found,
        "form": form,
        "examples": [(name, "?" + urlencode({"page": page, **said})) for name, said in EXAMPLES.items()],
        "hints": _hints(draft),
        "words": {"names": names, "sentences": SENTENCES},
    }
    if form.is_valid():
        html, deck = tried(draft, form.cleaned_data["page"], form.cleaned_data)
        shown["html"] = html
        shown["is_phone"] = form.cleaned_data["device"] == "phone"
        shown["refused"] = [(names.get(one, one), SENTENCES[why], why) for one, why in deck.refused.items()]
    return render(request, "dashboard/ask_try.html", shown)


@require_POST
@may_see
def hint(request: HttpRequest) -> HttpResponse:
    """What a friend would say of a text while it is being written."""
    said, placement = request.POST, request.POST.get("placement", "")
    text = Text(language=said.get("language", ""), html=marked(said.get("text", "")[:LONGEST_TEXT]))
    return JsonResponse({"hints": hints(placement, text) if placement in LONGEST else []})


def _names() -> dict[str, str]:
    """What an editor calls each ask, by its placement and short name."""
    shipped = {source(one, PLAIN): f"{one.label}: what comes with the paper" for one in Placement}
    own = {source(one.placement, one.key): f"“{one.name}”" for one in Ask.objects.filter(archived_at=None)}
    return {**shipped, **own}


def _hints(draft: Ask) -> list[str]:
    said = [(one.name, text) for one in value(draft).variants for text in one.texts.values()]
    return [f"{name}, {text.language}: {hint}" for name, text in said for hint in hints(draft.placement, text)]
