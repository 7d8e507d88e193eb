"""Where payment companies tell us things."""

from django.urls import path

from tamizdat.support.views import events

urlpatterns = [path("", events.event, name="event")]
