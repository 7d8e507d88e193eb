"""Where payment companies tell us things."""

from django.urls import path

from tamizdat.support import event_views

urlpatterns = [path("", event_views.event, name="event")]
