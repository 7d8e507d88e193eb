"""The desk's own screens, under the desk's address. Every view names the permission that it needs."""

from django.urls import path

from tamizdat.dashboard.views import ask_results, ask_try, asks, bank, books, costs, gifts, letters, offline, silences

app_name = "desk"
urlpatterns = [
    path("asks/<int:ask>/archive/", asks.archive, name="archive_ask"),
    path("asks/<int:ask>/bring-back/", asks.bring_back, name="bring_ask_back"),
    path("asks/<int:ask>/try/", ask_try.index, name="ask_try"),
    path("asks/<int:ask>/results/", ask_results.index, name="ask_results"),
    path("asks/<int:ask>/results/csv/", ask_results.export, name="ask_results_export"),
    path("asks/hints/", ask_try.hint, name="ask_hints"),
    path("asks/calendar/", silences.calendar, name="asks_calendar"),
    path("asks/silence/", silences.add, name="be_silent"),
    path("asks/silence/<int:silence>/end/", silences.end, name="end_silence"),
    path("gifts/", gifts.index, name="gifts"),
    path("gifts/<uuid:gift>/", gifts.detail, name="gift"),
    path("gifts/<uuid:gift>/stop/", gifts.stop, name="stop"),
    path("gifts/<uuid:gift>/refund/<int:payment>/", gifts.refund, name="refund"),
    path("refunds/", gifts.large_refunds, name="large_refunds"),
    path("refunds/<uuid:refund>/", gifts.decide, name="decide_refund"),
    path("bank/", bank.index, name="bank"),
    path("offline/", offline.index, name="offline"),
    path("offline/given-back/<str:ref>/", offline.gave_back, name="gave_back"),
    path("offline/evidence/<int:slip>/", offline.evidence, name="evidence"),
    path("bank/<int:movement>/", bank.place, name="place"),
    path("bank/transferred/<str:ref>/", bank.carried_out, name="carried_out"),
    path("costs/", costs.index, name="costs"),
    path("costs/add/", costs.add, name="add_cost"),
    path("costs/<uuid:cost>/change/", costs.change, name="change_cost"),
    path("costs/<uuid:cost>/end/", costs.end, name="end_cost"),
    path("letters/", letters.index, name="letters"),
    path("mailbox/", letters.mailbox, name="mailbox"),
    path("mailbox/<int:letter>/", letters.read, name="letter"),
    path("damaged/", books.damaged, name="damaged"),
    path("damaged/<uuid:errand>/replay/", books.replay, name="replay"),
    path("differences/", books.differences, name="differences"),
    path("months/", books.closing, name="closing"),
    path("postings/", books.postings, name="postings"),
]
