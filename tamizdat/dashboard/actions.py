"""What the desk itself changes: the roles."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from tamizdat.dashboard import roles


class UnknownPermission(LookupError):
    """A role names a permission that the database does not have: migrate first."""


@transaction.atomic
def make_roles() -> None:
    """Make the groups Editors and Treasurers and give them what their role needs.

    Safe at any time and twice: it adds what is missing and takes nothing away that a newsroom has added.
    Raises UnknownPermission before the first migration.
    """
    for name, needed in roles.PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(needed))
    _open_the_paper(Group.objects.get(name=roles.EDITORS))


def _open_the_paper(editors: Group) -> None:
    """The whole page tree, and every picture."""
    tree = Page.get_first_root_node()
    for permission in _permissions(f"wagtailcore.{name}" for name in roles.PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=editors, page=tree, permission=permission)
    pictures = Collection.get_first_root_node()
    for permission in _permissions(f"wagtailimages.{name}" for name in roles.COLLECTION_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=pictures, permission=permission)


def _permissions(names: Iterable[str]) -> list[Permission]:
    return [_permission(*name.split(".")) for name in names]


def _permission(room: str, codename: str) -> Permission:
    found = Permission.objects.filter(content_type__app_label=room, codename=codename).first()
    if found is None:
        raise UnknownPermission(f"there is no permission {room}.{codename}; run `tamizdat migrate` first")
    return found
