"""The background work of reminders."""

from django_tasks import task

from tamizdat.reminders import actions


@task()
def forget_who_gave(reply_token_hash: str) -> None:
    actions.forget_who_gave(reply_token_hash=reply_token_hash)
