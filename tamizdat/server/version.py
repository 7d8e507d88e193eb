"""Which Tamizdat this is."""

from importlib import metadata


def version() -> str:
    """The wheel's version; in a checkout, which has none, just that."""
    try:
        return metadata.version("tamizdat")
    except metadata.PackageNotFoundError:
        return "checkout"
