"""What the desk itself changes: the roles."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tamizdat.dashboard import roles


class UnknownPermission(LookupError):
    """A role names a permission that the database does not have: migrate first."""


@transaction.atomic
def make_roles() -> None:
    """Make the roles, give them what they need, and let an editor read what a journalist submits.

    Safe at any time and twice: it adds what is missing and takes nothing away that a newsroom has added.
    Raises UnknownPermission before the first migration.
    """
    for name, needed in roles.PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(needed))
    for name in roles.PAGE_PERMISSIONS:
        _open_the_paper(Group.objects.get(name=name))
    _ask_for_a_second_pair_of_eyes()


def make_new_roles() -> None:
    """In a newsroom that is older than a role, make it. Otherwise nothing is touched."""
    if set(roles.PERMISSIONS) - set(Group.objects.values_list("name", flat=True)):
        make_roles()


def _open_the_paper(group: Group) -> None:
    """The whole page tree, and every picture."""
    tree = Page.get_first_root_node()
    for permission in _permissions(f"wagtailcore.{name}" for name in roles.PAGE_PERMISSIONS[group.name]):
        GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)
    pictures = Collection.get_first_root_node()
    for permission in _permissions(f"wagtailimages.{name}" for name in roles.COLLECTION_PERMISSIONS[group.name]):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=pictures, permission=permission)


def _ask_for_a_second_pair_of_eyes() -> None:
    """Once: a newsroom that later changes its workflow, or ends it, keeps its own way."""
    if Workflow.objects.filter(name=roles.WORKFLOW).exists():
        return
    Workflow.objects.filter(name=roles.WAGTAILS_WORKFLOW, workflow_states=None).delete()
    Group.objects.filter(name=roles.WAGTAILS_ROLE, user=None).delete()
    task = GroupApprovalTask.objects.create(name=roles.TASK)
    task.groups.add(Group.objects.get(name=roles.EDITORS))
    workflow = Workflow.objects.create(name=roles.WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})


def _permissions(names: Iterable[str]) -> list[Permission]:
    return [_permission(*name.split(".")) for name in names]


def _permission(room: str, codename: str) -> Permission:
    found = Permission.objects.filter(content_type__app_label=room, codename=codename).first()
    if found is None:
        raise UnknownPermission(f"there is no permission {room}.{codename}; run `tamizdat migrate` first")
    return found
