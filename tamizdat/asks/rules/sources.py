"""Where a click on "support" may have come from."""

# Where a click on "support" may have come from: placement/variant, never a person.
SOURCES = frozenset(
    {
        "notice/plain",
        "appeal/plain",
        "header/plain",
        "ticker/plain",
        "page/plain",
        "reminder/calendar",
        "reminder/confirm",
        "reminder/letter",
    }
)
