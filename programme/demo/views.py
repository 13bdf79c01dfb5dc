"""The demonstration's mail, open to everybody who can reach it. Installed only where nothing is real."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programme.demo.mailbox import kept_mail, kept_mails

MAIL = settings.DATA_DIR / "mail"


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("search", "")
    mails = Paginator(kept_mails(MAIL, search=search), 50).get_page(request.GET.get("page"))
    return render(request, "demo/mail_list.html", {"mails": mails, "search": search})


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, key: str) -> HttpResponse:
    mail = kept_mail(MAIL, key)
    if mail is None:
        raise Http404
    return render(request, "demo/mail_detail.html", {"mail": mail})
