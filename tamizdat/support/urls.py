"""Giving, under /support/ and /ru/support/: language by path."""

from django.urls import path

from tamizdat.support.views import giving, private

app_name = "support"
urlpatterns = [
    path("", giving.Give.as_view(), name="give"),
    path("thanks/<str:token>/", giving.thanks, name="thanks"),
    path("mend/<str:token>/", giving.Mend.as_view(), name="mend"),
    path("my/<str:key>/receipts/<str:which>/", private.Receipts.as_view(), name="receipts"),
    path("my/<str:key>/held/", private.Held.as_view(), name="held"),
    path("my/<str:key>/forget/", private.Forget.as_view(), name="forget"),
    path("my/<str:key>/change/", private.ChangeAmount.as_view(), name="change"),
    path("my/<str:key>/pause/", private.Pause.as_view(), name="pause"),
    path("my/<str:key>/", private.Private.as_view(), name="private"),
]
