"""What waits in the post, what will not arrive, and the training mailbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import permission_required

from tamizdat.letters import queries
from tamizdat.newsroom import queries as newsroom


@permission_required("letters.view_letter")
def index(request: HttpRequest) -> HttpResponse:
    shown = {
        "waiting": queries.waiting(),
        "given_up": queries.given_up(),
        "is_training": newsroom.is_training(),
    }
    return render(request, "dashboard/letters.html", shown)


@permission_required("letters.view_trainingletter")
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_in_training()
    return render(request, "dashboard/mailbox.html", {"letters": queries.training_letters(100)})


@permission_required("letters.view_trainingletter")
def read(request: HttpRequest, letter: int) -> HttpResponse:
    """A letter as it would have arrived. Its links open beside the desk, never inside the sandbox."""
    _only_in_training()
    kept = queries.training_letter(letter)
    if kept is None:
        raise Http404
    html = kept.html.replace("<head>", '<head><base target="_blank">', 1)
    return render(request, "dashboard/letter.html", {"letter": kept, "html": html})


def _only_in_training() -> None:
    if not newsroom.is_training():
        raise Http404("a live newsroom sends its letters and keeps none")
