"""The roles of the desk, and who reads what a journalist submits."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Page, Workflow, WorkflowPage

from tamizdat.dashboard import actions, roles


def permissions(name):
    found = Group.objects.get(name=name).permissions.all()
    return {f"{one.content_type.app_label}.{one.codename}" for one in found}


def test_making_them_twice_changes_nothing(db):
    actions.make_roles()
    group = Group.objects.get(name=roles.EDITORS)
    before = permissions(roles.EDITORS), group.page_permissions.count(), group.collection_permissions.count()
    actions.make_roles()
    after = permissions(roles.EDITORS), group.page_permissions.count(), group.collection_permissions.count()
    assert before == after


def test_a_treasurer_may_do_what_the_role_says_and_edits_no_page(db):
    actions.make_roles()
    assert permissions(roles.TREASURERS) == set(roles.PERMISSIONS[roles.TREASURERS])
    assert not Group.objects.get(name=roles.TREASURERS).page_permissions.exists()


def test_an_editor_publishes_the_whole_paper_and_touches_no_money(db):
    actions.make_roles()
    granted = Group.objects.get(name=roles.EDITORS).page_permissions.filter(page__depth=1)
    assert set(roles.PAGE_PERMISSIONS[roles.EDITORS]) <= {one.permission.codename for one in granted}
    assert not {name for name in permissions(roles.EDITORS) if name.split(".")[0] in {"support", "ledger", "letters"}}


def test_what_a_newsroom_added_stays(db):
    actions.make_roles()
    extra = Permission.objects.get(codename="view_stamp")
    Group.objects.get(name=roles.TREASURERS).permissions.add(extra)
    actions.make_roles()
    assert "newsroom.view_stamp" in permissions(roles.TREASURERS)


def test_a_journalist_writes_everywhere_and_publishes_nowhere(db):
    actions.make_roles()
    granted = Group.objects.get(name=roles.JOURNALISTS).page_permissions.all()
    assert {one.permission.codename for one in granted} == {"add_page", "change_page"}


def test_what_is_submitted_anywhere_waits_for_an_editor(db):
    actions.make_roles()
    workflow = Page.get_first_root_node().get_workflow()
    assert workflow.name == roles.WORKFLOW
    (task,) = workflow.tasks
    assert [group.name for group in task.specific.groups.all()] == [roles.EDITORS]
    assert not Group.objects.filter(name="Moderators").exists(), "nobody wonders what that is"


def test_a_newsroom_that_ended_its_workflow_keeps_it_ended(db):
    actions.make_roles()
    Workflow.objects.get(name=roles.WORKFLOW).deactivate()
    actions.make_roles()
    assert Workflow.objects.filter(active=True).count() == 0
    assert not WorkflowPage.objects.exists()


def test_a_newsroom_that_is_older_than_a_role_gets_it_and_nothing_else(db):
    actions.make_roles()
    Group.objects.get(name=roles.TREASURERS).permissions.clear()
    actions.make_new_roles()
    assert permissions(roles.TREASURERS) == set()
    Group.objects.get(name=roles.JOURNALISTS).delete()
    actions.make_new_roles()
    assert permissions(roles.JOURNALISTS) == set(roles.PERMISSIONS[roles.JOURNALISTS])
