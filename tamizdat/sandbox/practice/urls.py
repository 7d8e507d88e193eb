from django.urls import path

from tamizdat.sandbox.practice import api, views

urlpatterns = [
    path("pay/<str:order_id>/", views.pay, name="pay"),
    path("api/orders", api.api(POST=api.open_order)),
    path("api/orders/<str:order_id>", api.api(GET=api.tell_order)),
    path("api/orders/<str:order_id>/decision", api.api(POST=api.decide)),
    path("api/orders/<str:order_id>/cancel", api.api(POST=api.cancel)),
    path("api/orders/<str:order_id>/amount", api.api(POST=api.set_amount)),
    path("api/orders/<str:order_id>/pause", api.api(POST=api.pause)),
    path("api/charges/<str:charge_id>/refunds", api.api(POST=api.refund)),
    path("api/lines", api.api(GET=api.tell_lines)),
    path("api/events", api.api(GET=api.tell_events)),
    path("api/clock", api.api(GET=api.tell_clock, POST=api.advance_clock)),
]
