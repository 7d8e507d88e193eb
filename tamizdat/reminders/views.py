"""The form, and the two pages that a letter's links lead to."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import actions, queries, rules, tokens
from tamizdat.reminders.calendar_file import calendar_file
from tamizdat.reminders.forms import ReminderForm, prefilled
from tamizdat.reminders.rules import How, When, Why

log = logging.getLogger("tamizdat.reminders")
unstored = cache_control(no_store=True, private=True)


class SeeOther(HttpResponseRedirect):
    """Go there with GET, whatever brought you here."""

    status_code = 303


@method_decorator(unstored, name="dispatch")
class Ask(View):
    """When, and how."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _form_page(request, prefilled(request.GET.dict()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReminderForm(request.POST)
        if not form.is_valid():
            return _form_page(request, form, status=422)
        if How(form.cleaned_data["how"]) is How.CALENDAR:
            return _calendar(form)
        said = form.cleaned_data
        actions.remind(address=said["address"], on=said["day"], language=_language(), source=said["source"])
        return SeeOther(reverse("reminders:asked"))


@require_safe
@unstored
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way, or as many as there may be already are: the page says the same."""
    return _page(request, "asked", {"most": rules.MOST_A_DAY})


@method_decorator(unstored, name="dispatch")
class Confirm(View):
    """One button, because programs that read mail open links, but press nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        found = _reminder(tokens.read_confirm_token(token))
        if found is None:
            return _unknown(request)
        day = rules.day_of_letter(found, today=newsroom.today())
        return _page(request, "confirm", {"reminder": found, "day": day, "token": token})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        reminder = tokens.read_confirm_token(token)
        if reminder is None or not actions.confirm(reminder=reminder):
            return _unknown(request)
        return SeeOther(reverse("reminders:confirm", args=[token]))


@method_decorator(unstored, name="dispatch")
class Forget(View):
    """Do not remind me: one button; afterwards, and ever after, the page says that nothing is kept."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        reminder = tokens.read_forget_token(token)
        if reminder is None:
            return _unknown(request)
        return _page(request, "forget", {"reminder": _reminder(reminder), "token": token})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        reminder = tokens.read_forget_token(token)
        if reminder is None:
            return _unknown(request)
        actions.forget(reminder=reminder, why=Why.DECLINED)
        return SeeOther(reverse("reminders:forget", args=[token]))


def _reminder(reminder: UUID | None) -> rules.Reminder | None:
    return queries.reminder(reminder) if reminder else None


def _calendar(form: ReminderForm) -> HttpResponse:
    content = calendar_file(on=form.cleaned_data["day"], now=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reminder.ics"'},
    )


def _form_page(request: HttpRequest, form: ReminderForm, *, status: int = 200) -> HttpResponse:
    context = {
        "data": form.said,
        "errors": form.errors if status != 200 else {},
        "days": {when.value: rules.day_for(when, today=form.today) for when in (When.NEXT_MONTH, When.THREE_MONTHS)},
        "first": rules.first_day(today=form.today),
        "last": rules.last_day(How.CALENDAR, today=form.today),
    }
    if status == 200:
        return _page(request, "ask", context)
    return _refused(request, "ask", context, status=status, why=f"refused fields: {', '.join(form.errors)}")


def _unknown(request: HttpRequest) -> HttpResponse:
    return _refused(request, "unknown", {}, status=404, why="a wrong or expired reminder address was opened")


def _refused(request: HttpRequest, name: str, context: dict[str, Any], *, status: int, why: str) -> HttpResponse:
    """A page that says no, and one line in the log, without the path: that may be somebody's token."""
    log.warning("%s: %s", status, why)
    response = _page(request, name, context, status=status)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, f"remind/{name}.html", {"language": _language(), **context}, status=status, using="reader")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
