"""Addresses that Django answers; everything else is a file."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as desk_urls

handler400 = "tamizdat.server.views.bad_request"
handler404 = "tamizdat.server.views.not_found"
handler500 = "tamizdat.server.views.server_error"

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("events/<slug:provider>/", include("tamizdat.support.event_urls")),
    *i18n_patterns(
        path("support/", include("tamizdat.support.urls")),
        path("remind/", include("tamizdat.reminders.urls")),
        prefix_default_language=False,
    ),
]
