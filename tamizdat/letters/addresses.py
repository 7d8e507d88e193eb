"""Reading an address as people type it."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from tamizdat.letters.rules import BadAddress

LONGEST = 254  # RFC 3696, erratum 1690

_is_address = EmailValidator(allowlist=["localhost"])


def read_address(typed: str) -> str:
    """The address to write to, its host as mail servers know it. Raises BadAddress with the remedy."""
    local, at, host = typed.strip().rpartition("@")
    if not typed.strip():
        raise BadAddress(_("Write your e-mail address, like name@example.org."))
    if not at:
        raise BadAddress(_("An e-mail address has an @ in it, like name@example.org."))
    if not local.isascii():
        raise BadAddress(_("The part before the @ can have only Latin letters, figures and signs."))
    try:
        address = f"{local}@{punycode(host).lower()}"
        _is_address(address)
    except (ValidationError, UnicodeError):
        raise BadAddress(_("This is not an e-mail address. Look for a missing dot or a space.")) from None
    if len(address) > LONGEST:
        raise BadAddress(_("This e-mail address is longer than any can be."))
    return address
