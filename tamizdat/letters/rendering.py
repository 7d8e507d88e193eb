"""Writing a letter: text and HTML, in the recipient's language."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def compose(
    kind: str, *, to: str, language: str, context: dict[str, Any], message_id: str, written_at: datetime
) -> EmailMultiAlternatives:
    """The letter, ready to send; written twice it has one name and date, so that a mailbox shows it once."""
    with translation.override(language):
        subject = _render(f"{kind}.subject.txt", context)
        text = _render(f"{kind}.txt", context)
        html = _render(f"{kind}.html", {**context, "subject": subject})
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),  # a header is one line
        body=text.strip() + "\n",
        to=[to],
        headers={"Message-ID": message_id, "Date": format_datetime(written_at)},
    )
    message.attach_alternative(html, "text/html")
    return message


def _render(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"letters/{name}", context, using="reader")
