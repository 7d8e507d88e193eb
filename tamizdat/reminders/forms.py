"""What the reminder form says, and what it says wrong, in words beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tamizdat.letters import queries as post
from tamizdat.newsroom import queries as newsroom
from tamizdat.reader.environment import day as in_words
from tamizdat.reminders import rules
from tamizdat.reminders.rules import How, When

_CHOOSE_WHEN = gettext_lazy("Choose when.")
_CHOOSE_HOW = gettext_lazy("Choose how.")
_WRITE_DAY = gettext_lazy("Write the day like 2027-01-31.")


class ReminderForm(forms.Form):
    """One reminder. `said` is what the page shows again; `cleaned_data["day"]` is the day that was meant."""

    when = forms.ChoiceField(
        choices=[(when.value, when.value) for when in When],
        error_messages={"required": _CHOOSE_WHEN, "invalid_choice": _CHOOSE_WHEN},
    )
    on = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"], error_messages={"invalid": _WRITE_DAY})
    how = forms.ChoiceField(
        choices=[(how.value, how.value) for how in How],
        error_messages={"required": _CHOOSE_HOW, "invalid_choice": _CHOOSE_HOW},
    )
    address = forms.CharField(required=False)
    source = forms.CharField(required=False)

    def __init__(self, data: Mapping[str, str]) -> None:
        self.said = {name: data.get(name, "")[:320] for name in self.base_fields}
        self.today = newsroom.today()
        super().__init__(self.said)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("how") == How.LETTER and (problem := post.problem_with(self.said["address"])):
            self.add_error("address", problem)
        if "when" in said and "on" in said and "how" in said:
            said["day"] = self._day(When(said["when"]), said["on"], How(said["how"]))
        return said

    def _day(self, when: When, chosen: date | None, how: How) -> date | None:
        """The day; None after adding an error. What was both ticked and typed is not guessed at."""
        if when is When.DATE and not chosen:
            self.add_error("on", _("Choose a day."))
            return None
        if chosen and when is not When.DATE:
            self.said["when"] = When.DATE
            self.add_error("on", _("You wrote a day, but another was chosen. Now yours is chosen: please check it."))
            return None
        return self._allowed(rules.day_for(when, today=self.today, chosen=chosen), how)

    def _allowed(self, day: date, how: How) -> date | None:
        first, last = rules.first_day(today=self.today), rules.last_day(how, today=self.today)
        if first <= day <= last:
            return day
        words = {"first": in_words(first), "last": in_words(last)}
        if day < first:
            self.add_error("on", _("The earliest day is %(first)s.") % words)
        elif how is How.LETTER:
            self.add_error(
                "on",
                _("By letter the latest day is %(last)s. A calendar file can be for a later one.") % words,
            )
        else:
            self.add_error("on", _("The latest day is %(last)s.") % words)
        return None


def prefilled(query: Mapping[str, str]) -> ReminderForm:
    """The form as a link filled it. What a link says wrong is passed over in silence."""
    when, on = query.get("when", ""), query.get("on", "")
    return ReminderForm(
        {
            "when": when if when in set(When) else When.NEXT_MONTH,
            "on": on[:10] if when == When.DATE else "",
            "how": How.LETTER,
            "source": query.get("source", ""),
        }
    )
