"""Why an ask does not stand, in an editor's words: by the code that the page or the device names."""

from __future__ import annotations

from collections.abc import Mapping

# Decided when the page is baked.
BY_THE_PAGE: Mapping[str, str] = {
    "quiet_page": "this page asks for nothing: it is sensitive, or says “no asks here”",
    "no_place": "this page has no such place: an appeal needs an article, a text of 900 words holds an ask within it",
    "stopped": "somebody has stopped asking there",
    "no_text": "a placeholder cannot be filled here, or no wording has a share of the readers",
    "no_room": "the page may not weigh more, and other asks come first: shorten the words or raise the priority",
    "languages": "it is for pages in other languages",
    "pages": "it is for other kinds of pages",
    "about": "it is for other sections, topics or authors",
    "not_about": "this section, topic or author is left out",
    "age": "the article is too new or too old for it",
    "length": "the article is too short or too long for it",
}
# Decided on the device, by the script of that name in reader/asks/ or by remember.js and decide.js.
BY_THE_DEVICE: Mapping[str, str] = {
    "hidden": "the reader has hidden all messages",
    "later": "the reader asked to be reminded later",
    "gave": "the reader gives, or gave not long ago",
    "closed": "the reader closed it not long ago",
    "often": "the reader has seen it often enough",
    "daily": "the reader has seen enough asks today",
    "dark": "nothing is asked on this day",
    "listed": "nothing is asked in the reader’s country",
    "country": "it is for readers in other countries",
    "elsewhere": "readers in this country are left out",
    "reads": "the reader has read too few articles for it, or too many",
    "visit": "it is for a first visit, or for those who came back",
    "weeks": "the first visit is too recent for it, or too long ago",
    "supporter": "it is for others: who never gave, gave once, or stopped",
    "device": "it is for screens of another width",
    "privacy": "the reader’s browser asks for privacy",
    "hours": "it is for other hours of the day",
    "another": "an ask of higher priority stands before it",
    "unfilled": "the wording says something that this device does not know",
    "unreadable": "what the device remembers cannot be read, so it is left alone",
}
SENTENCES: Mapping[str, str] = {**BY_THE_PAGE, **BY_THE_DEVICE}
