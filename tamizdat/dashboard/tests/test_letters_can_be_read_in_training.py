"""The mailbox of a training newsroom, and the post of any."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from tamizdat.letters import queries
from tamizdat.letters.models import TrainingLetter
from tamizdat.letters.post import NewsroomBackend

MAILBOX = reverse("desk:mailbox")
HTML = "<html><head></head><body><script>stolen()</script><a href='http://x/'>Your gift</a></body></html>"


@pytest.fixture
def letter(training):
    letter = EmailMultiAlternatives("Thank you", "See http://127.0.0.1/support/my/k/", to=["anna@x.example"])
    letter.attach_alternative(HTML, "text/html")
    NewsroomBackend().send_messages([letter])
    return queries.training_letters()[0]


def test_a_kept_letter_is_listed_and_read(treasurer, letter):
    assert "Thank you" in treasurer.get(MAILBOX).content.decode()
    page = treasurer.get(reverse("desk:letter", args=[letter.id])).content.decode()
    assert letter.message_id.strip("<>") in page
    assert '<a href="http://127.0.0.1/support/my/k/"' in page


def test_its_html_stays_in_a_sandbox_without_script(treasurer, letter):
    page = treasurer.get(reverse("desk:letter", args=[letter.id])).content.decode()
    assert "<script>stolen()" not in page
    assert "&lt;script&gt;stolen()" in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "&lt;base target=&quot;_blank&quot;&gt;" in page


def test_a_live_newsroom_has_no_mailbox(treasurer, letter, monkeypatch):
    monkeypatch.setattr("tamizdat.newsroom.queries.is_training", lambda: False)
    assert treasurer.get(MAILBOX).status_code == 404
    assert treasurer.get(reverse("desk:letter", args=[letter.id])).status_code == 404
    assert MAILBOX not in treasurer.get("/desk/").content.decode()


def test_empty_screens_say_what_to_do(treasurer):
    TrainingLetter.objects.all().delete()
    assert "No letter has been written yet" in treasurer.get(MAILBOX).content.decode()
    assert "Every letter has left" in treasurer.get(reverse("desk:letters")).content.decode()
