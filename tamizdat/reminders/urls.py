"""Reminding, under /remind/ and /ru/remind/: language by path."""

from django.urls import path

from tamizdat.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.Ask.as_view(), name="ask"),
    path("asked/", views.asked, name="asked"),
    path("confirm/<str:token>/", views.Confirm.as_view(), name="confirm"),
    path("forget/<str:token>/", views.Forget.as_view(), name="forget"),
]
