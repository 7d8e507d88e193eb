"""Giving, under /support/ and /ru/support/: language by path."""

from django.urls import path

from tamizdat.support import private_views, views

app_name = "support"
urlpatterns = [
    path("", views.Give.as_view(), name="give"),
    path("thanks/<str:token>/", views.thanks, name="thanks"),
    path("mend/<str:token>/", views.Mend.as_view(), name="mend"),
    path("my/<str:key>/receipts/<str:which>/", private_views.Receipts.as_view(), name="receipts"),
    path("my/<str:key>/held/", private_views.Held.as_view(), name="held"),
    path("my/<str:key>/forget/", private_views.Forget.as_view(), name="forget"),
    path("my/<str:key>/change/", private_views.ChangeAmount.as_view(), name="change"),
    path("my/<str:key>/pause/", private_views.Pause.as_view(), name="pause"),
    path("my/<str:key>/", private_views.Private.as_view(), name="private"),
]
