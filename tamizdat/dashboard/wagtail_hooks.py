"""Where Wagtail's admin is told of the desk: addresses, menu, first screen, permissions."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import register_snippet

from tamizdat.dashboard import menus, urls
from tamizdat.dashboard.panels import AlarmPanel, MoneyPanel, PaperPanel
from tamizdat.dashboard.roles import PERMISSIONS, TREASURERS
from tamizdat.dashboard.views import asks
from tamizdat.dashboard.views.ask_results import may_see_asks
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support


class DeskItem(MenuItem):
    """A menu item for those who may follow it."""

    def __init__(self, label: str, to: str, *, permission: str, **options: Any) -> None:
        super().__init__(label, reverse_lazy(to), name=to.replace(":", "-"), **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


class MailboxItem(DeskItem):
    """Only a training newsroom has a mailbox."""

    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and newsroom.is_training()


class BankItem(DeskItem):
    """Where nothing tells by itself what came, a person brings the statement."""

    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and bool(support.brings_statements())


class CashItem(DeskItem):
    """Where gifts in cash and by cheque are taken."""

    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and support.takes_by_hand()


class RatesItem(DeskItem):
    """Where readers may give in other currencies."""

    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and len(newsroom.configuration().giving.prices) > 1


MAILBOX = "letters.view_trainingletter"
ITEMS = [
    DeskItem("Gifts", "desk:gifts", permission="support.view_gifts", icon_name="group", order=10),
    DeskItem("Costs", "desk:costs", permission="ledger.view_cost", icon_name="table", order=20),
    DeskItem("Letters", "desk:letters", permission="letters.view_letter", icon_name="mail", order=30),
    MailboxItem("Mailbox", "desk:mailbox", permission=MAILBOX, icon_name="mail", order=40),
    DeskItem("Large refunds", "desk:large_refunds", permission="support.refund_payment", icon_name="rotate", order=45),
    BankItem("Bank", "desk:bank", permission="support.bring_statement", icon_name="download", order=46),
    CashItem("Cash and cheques", "desk:offline", permission="support.write_slip", icon_name="plus", order=47),
    DeskItem("Statements", "desk:differences", permission="support.view_gifts", icon_name="list-ul", order=48),
    DeskItem("Months", "desk:closing", permission="ledger.add_monthclose", icon_name="date", order=49),
    RatesItem("Rates", "desk:rates", permission="ledger.add_rate", icon_name="globe", order=49),
    DeskItem("Given up", "desk:damaged", permission="support.view_gifts", icon_name="warning", order=50),
    DeskItem("Postings", "desk:postings", permission="ledger.view_posting", icon_name="download", order=60),
]


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def money_menu() -> MenuItem:
    return SubmenuMenuItem("Money", Menu(items=ITEMS), name="desk-money", icon_name="group", order=150)


register_snippet(asks.AskViewSet)
hooks.register("before_delete_snippet", asks.keep_what_was_live)
hooks.register("before_edit_snippet", asks.keep_what_is_archived)


@hooks.register("insert_editor_js")
def hints_while_writing() -> str:
    address, script = reverse("desk:ask_hints"), static("dashboard/hints.js")
    return format_html('<script src="{}" data-hints="{}" defer></script>', script, address)


@hooks.register("construct_main_menu")
def main_menu(request: HttpRequest, items: list[Any]) -> None:
    menus.in_our_words(items, menus.MAIN)


@hooks.register("construct_reports_menu")
def reports_menu(request: HttpRequest, items: list[Any]) -> None:
    menus.in_our_words(items, menus.REPORTS)


@hooks.register("construct_help_menu")
def help_menu(request: HttpRequest, items: list[Any]) -> None:
    menus.in_our_words(items, {})


@hooks.register("construct_homepage_summary_items", order=100)
def counts(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if type(item).__name__ != "DocumentsSummaryItem"]


@hooks.register("construct_homepage_panels")
def first_screen(request: HttpRequest, panels: list[Any]) -> None:
    if may_see_asks(request.user):
        panels.append(AlarmPanel())
    if request.user.has_perm("support.view_gifts"):
        panels.append(MoneyPanel())
    if PagePermissionPolicy().user_has_any_permission(request.user, ["add", "change", "publish"]):
        panels.append(PaperPanel())


@hooks.register("register_permissions")
def grantable() -> "QuerySet[Permission]":
    """What an administrator may give to a group of their own."""
    wanted = Q()
    for name in PERMISSIONS[TREASURERS]:
        room, codename = name.split(".")
        wanted |= Q(content_type__app_label=room, codename=codename)
    return Permission.objects.filter(wanted)
