"""Who may do what at the desk: two roles, and the administrator above them."""

EDITORS = "Editors"
TREASURERS = "Treasurers"

# Pages are granted by the tree and pictures by collection; the rest by name.
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
COLLECTION_PERMISSIONS = ("add_image", "change_image", "choose_image")

PERMISSIONS = {
    EDITORS: (
        "wagtailadmin.access_admin",
        "articles.view_topic",
        "articles.add_topic",
        "articles.change_topic",
        "articles.delete_topic",
        "simple_translation.submit_translation",
    ),
    TREASURERS: (
        "wagtailadmin.access_admin",
        "support.view_gifts",
        "support.refund_payment",
        "support.stop_contribution",
        "ledger.view_posting",
        "ledger.view_cost",
        "ledger.add_cost",
        "ledger.change_cost",
        "letters.view_letter",
        "letters.view_trainingletter",
    ),
}
