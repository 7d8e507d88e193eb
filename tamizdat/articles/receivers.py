"""Editors have published, moved or deleted something: the paper is set accordingly, in their transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from tamizdat.articles import actions
from tamizdat.articles.models import AuthorPage, Topic


@receiver(page_published)
def print_it(instance: Page, **_: Any) -> None:
    # Wagtail also sends this for a page that is only scheduled; that one is not live.
    actions.set_page(page=instance)


@receiver(page_unpublished)
def take_it_out(instance: Page, **_: Any) -> None:
    # Sent before a deletion too, when the row still says live.
    actions.take_out(page=instance.pk)


@receiver(post_page_move)
def print_it_there(instance: Page, **_: Any) -> None:
    actions.move_page(page=instance)


@receiver(post_save, sender=Topic)
def print_topic(instance: Topic, raw: bool = False, **_: Any) -> None:
    if not raw:
        actions.set_topic(topic=instance)


@receiver(post_delete, sender=Topic)
def take_topic_out(instance: Topic, **_: Any) -> None:
    actions.take_out_topic(topic=instance.pk)


@receiver(pre_delete, sender=AuthorPage)
@receiver(pre_delete, sender=Topic)
def remember_who_names_it(instance: AuthorPage | Topic, **_: Any) -> None:
    instance.named_by = actions.naming_from_elsewhere(instance)


@receiver(post_delete, sender=AuthorPage)
@receiver(post_delete, sender=Topic)
def leave_its_translations(instance: AuthorPage | Topic, **_: Any) -> None:
    actions.set_again(pages=instance.named_by)


@receiver(pre_save, sender=Redirect)
def remember_where_it_stood(instance: Redirect, **_: Any) -> None:
    instance.stood_at = Redirect.objects.filter(pk=instance.pk).values_list("old_path", flat=True).first()


@receiver(post_save, sender=Redirect)
@receiver(post_delete, sender=Redirect)
def lead_elsewhere(instance: Redirect, **_: Any) -> None:
    actions.change_redirects(old_paths={instance.old_path, getattr(instance, "stood_at", None) or instance.old_path})
