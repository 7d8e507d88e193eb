"""The two roles of the desk."""

from django.contrib.auth.models import Group, Permission

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
    assert set(roles.PAGE_PERMISSIONS) <= {one.permission.codename for one in granted}
    assert not {name for name in permissions(roles.EDITORS) if name.split(".")[0] in {"support", "ledger", "letters"}}


def test_what_a_newsroom_added_stays(db):
    actions.make_roles()
    extra = Permission.objects.get(codename="view_stamp")
    Group.objects.get(name=roles.TREASURERS).permissions.add(extra)
    actions.make_roles()
    assert "newsroom.view_stamp" in permissions(roles.TREASURERS)
