"""One's own account, and the administrator's list of all of them."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.forms.accounts import AccountInviteForm, NameForm, RightsForm
from programme.models.users import User
from programme.permissions import needs_second_factor
from programme.queries.accounts import accounts as listed_accounts
from programme.queries.programmes import programme_lines
from programme.services import accounts
from programme.views.access import administrator_required

ROWS = 50


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    context = {
        "second_step": is_mfa_enabled(request.user),
        "second_step_advised": needs_second_factor(request.user),
        "lines": [line for line in programme_lines(request.user) if line.roles],
    }
    return render(request, "programme/account.html", context)


@require_http_methods(["GET", "POST"])
def account_name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        accounts.rename(request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "programme/account_name.html", {"form": form})


@require_safe
@administrator_required
def account_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = listed_accounts(at=timezone.now(), search=search)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "programme/account_list.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
@administrator_required
def account_invite(request: HttpRequest) -> HttpResponse:
    form = AccountInviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rights = {key: form.cleaned_data[key] for key in ("name", "email", "is_administrator", "may_create_programmes")}
        try:
            user = accounts.invite_account(actor=request.user, at=timezone.now(), **rights)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            if user.has_usable_password():
                words = _("%(name)s had an account already and can do this from now on.")
            else:
                words = _("%(name)s gets a mail with a link to set up the account.")
            messages.success(request, words % {"name": user})
            return redirect("account_list")
    return render(request, "programme/account_invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
@administrator_required
def account_change(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    initial = {"is_administrator": user.is_administrator, "may_create_programmes": user.may_create_programmes}
    form = RightsForm(request.POST or None, initial=initial)
    # A form of tick boxes alone is posted empty when all ticks are taken away.
    form.is_bound = request.method == "POST"
    if form.is_bound and form.is_valid():
        try:
            accounts.change_account(user, actor=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved what %(name)s may do.") % {"name": user})
            return redirect("account_list")
    context = {"form": form, "person": user, "can_invite": user.is_active and not user.has_usable_password()}
    return render(request, "programme/account_change.html", context)


@require_POST
@administrator_required
def account_reinvite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    if user.is_active and not user.has_usable_password():
        accounts.invite_again(user, actor=request.user, at=timezone.now())
        messages.success(request, _("%(name)s gets a new link. Earlier links no longer work.") % {"name": user})
    else:
        messages.info(request, _("%(name)s needs no invitation.") % {"name": user})
    return redirect("account_list")


@require_http_methods(["GET", "POST"])
@administrator_required
def account_deactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    if request.method == "POST":
        try:
            accounts.deactivate(user, actor=request.user, at=timezone.now())
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        else:
            messages.success(request, _("The account of %(name)s is switched off.") % {"name": user})
        return redirect("account_list")
    facilitated = user.memberships.current().filter(is_facilitator=True).select_related("programme")
    return render(request, "programme/account_deactivate.html", {"person": user, "facilitated": facilitated})


@require_POST
@administrator_required
def account_reactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    accounts.reactivate(user, actor=request.user)
    messages.success(request, _("The account of %(name)s works again.") % {"name": user})
    return redirect("account_list")


def _user(user_id: UUID) -> User:
    """Administrators look after every account; `administrator_required` stands before each caller."""
    return get_object_or_404(listed_accounts(at=timezone.now()), pk=user_id)
