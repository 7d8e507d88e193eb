"""How the mirrors stand."""

from django.conf import settings

from tamizdat.bakery.queries import latest_build
from tamizdat.mirrors.models import Push


def self_checks() -> list[str]:
    """What is wrong with the mirrors, a sentence each; empty when all hold the latest build."""
    held = {push.mirror: push for push in Push.objects.all()}
    said = []
    for mirror in settings.NEWSROOM.mirrors:
        push = held.get(mirror.name)
        if push and push.problem:
            said.append(push.problem)
        elif latest_build() > (push.build if push else 0):
            said.append(f"The mirror {mirror.name} is behind; `tamizdat push` brings it up.")
    return said
