"""Who may do what at the desk: six roles, and the administrator above them."""

JOURNALISTS = "Journalists"
EDITORS = "Editors"
TREASURERS = "Treasurers"
FUNDRAISERS = "Fundraisers"
REFUNDERS = "Refunders"
BOOK_READERS = "Readers of the books"

# Pages are granted by the tree and pictures by collection; the rest by name. A journalist writes and submits;
# topics stand in the paper as soon as they are saved, so they are an editor's.
PAGE_PERMISSIONS = {
    JOURNALISTS: ("add_page", "change_page"),
    EDITORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
COLLECTION_PERMISSIONS = {
    JOURNALISTS: ("add_image", "choose_image"),
    EDITORS: ("add_image", "change_image", "choose_image"),
}

# What a journalist submits waits until an editor has read it.
WORKFLOW = "A second pair of eyes"
TASK = "An editor reads it"
# What Wagtail itself makes in every new database, for a role that we do not have.
WAGTAILS_ROLE, WAGTAILS_WORKFLOW = "Moderators", "Moderators approval"

DRAFTING_ASKS = ("asks.view_ask", "asks.add_ask", "asks.change_ask")
PERMISSIONS = {
    JOURNALISTS: (
        "wagtailadmin.access_admin",
        "simple_translation.submit_translation",
    ),
    EDITORS: (
        "wagtailadmin.access_admin",
        "articles.view_topic",
        "articles.add_topic",
        "articles.change_topic",
        "articles.delete_topic",
        "simple_translation.submit_translation",
        *DRAFTING_ASKS,
        "asks.publish_ask",
        "asks.delete_ask",
        "asks.lock_ask",
        "asks.unlock_ask",
        "asks.stop_asking",
    ),
    # Whoever writes an ask does not put it before readers: that is an editor's.
    FUNDRAISERS: ("wagtailadmin.access_admin", *DRAFTING_ASKS),
    # Whoever answers readers' letters: finds a gift, gives it back, stops it.
    REFUNDERS: (
        "wagtailadmin.access_admin",
        "support.view_gifts",
        "support.refund_payment",
        "support.stop_contribution",
    ),
    # An auditor or the board: sees all that was booked and changes nothing.
    BOOK_READERS: (
        "wagtailadmin.access_admin",
        "support.view_gifts",
        "ledger.view_posting",
        "ledger.view_cost",
    ),
    TREASURERS: (
        "wagtailadmin.access_admin",
        "support.view_gifts",
        "support.refund_payment",
        "support.stop_contribution",
        "support.bring_statement",
        "support.write_slip",
        "ledger.view_posting",
        "ledger.add_monthclose",
        "ledger.add_rate",
        "ledger.view_cost",
        "ledger.add_cost",
        "ledger.change_cost",
        "letters.view_letter",
        "letters.view_trainingletter",
    ),
}
