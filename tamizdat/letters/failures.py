"""Why a letter did not leave, in words that may be logged because they name nobody."""

import smtplib
import socket
import ssl

from django.conf import settings

from tamizdat.letters.rules import Step, is_final

_STEPS: dict[type[smtplib.SMTPResponseException], Step] = {
    smtplib.SMTPAuthenticationError: Step.LOGIN,
    smtplib.SMTPSenderRefused: Step.SENDER,
    smtplib.SMTPDataError: Step.LETTER,
}


class NotSent(Exception):
    """A letter did not leave. Its message may be logged; `answer`, the server's words, may name somebody."""

    def __init__(self, why: str, *, is_final: bool = False, answer: str = "") -> None:
        super().__init__(why)
        self.is_final = is_final
        self.answer = answer


def explain(error: OSError) -> NotSent:
    """The same failure without addresses; smtplib's exceptions are OSErrors too."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _refusal(Step.RECIPIENT, code, answer)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refusal(_STEPS.get(type(error), Step.CONNECTION), error.smtp_code, error.smtp_error)
    return NotSent(_trouble(error))


def _refusal(step: Step, code: int, answer: bytes | str) -> NotSent:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return NotSent(f"the server refused the {step} ({code})", is_final=is_final(step, code), answer=f"{code} {words}")


def _trouble(error: OSError) -> str:
    match error:
        case smtplib.SMTPNotSupportedError():
            return "the server does not offer what [post] security or user asks for"
        case smtplib.SMTPServerDisconnected():
            return "the server hung up or fell silent before it answered"
        case TimeoutError():
            return f"the server did not answer in {settings.EMAIL_TIMEOUT} seconds"
        case socket.gaierror():
            return "the host of [post] is not known"
        case ssl.SSLError():
            return f"no encrypted connection: {error.reason or 'TLS failed'}"
    return f"no connection: {error.strerror or type(error).__name__}"
