from hashlib import sha256

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from programme.enums import Role
from programme.models.members import Member
from programme.views.access import open_programme
from sessions.forms.sessions import NewSessionForm, NotesForm, SessionForm
from sessions.models.sessions import Session
from sessions.queries.agenda import agenda_lines
from sessions.queries.attendance import attendance_share
from sessions.queries.commitments import commitment_rows, commitments_of_session
from sessions.queries.dates import programme_today
from sessions.queries.decisions import decisions_for
from sessions.queries.people import missing_from_teams, places_by_organisation, totals
from sessions.queries.planning import planning_warnings
from sessions.queries.timeline import phase_today, programme_timeline
from sessions.queries.upcoming import session_rows
from sessions.services import sessions as services
from sessions.services.invitations import may_reply
from sessions.views.access import open_session

HELD_PER_PAGE = 20


@require_safe
def session_list(request: HttpRequest, programme_id):
    programme = open_programme(request, programme_id)
    at = timezone.now()
    sessions = Session.objects.visible_to(request.user).filter(programme=programme)
    rows = session_rows(sessions, user=request.user, at=at)
    held = [row for row in reversed(rows) if row.is_over]
    coming = [row for row in rows if not row.is_over]
    today = programme_today(programme, at=at)
    timeline = programme_timeline(programme, today=today, sessions=sessions)
    context = {
        "coming": coming,
        "coming_count": sum(not row.session.is_cancelled for row in coming),
        "held": Paginator(held, HELD_PER_PAGE).get_page(request.GET.get("page")),
        "held_count": sum(not row.session.is_cancelled for row in held),
        "timeline": timeline,
        "phase": phase_today(timeline),
        "attendance": attendance_share(programme) if _sees_everything(request.member) else None,
        "is_facilitator": request.member.is_facilitator,
        "sees_counts": _sees_everything(request.member),
    }
    return render(request, "sessions/session_list.html", context)


@require_safe
def session_detail(request: HttpRequest, programme_id, session_id):
    session = open_session(request, programme_id, session_id)
    at = timezone.now()
    today = programme_today(session.programme, at=at)
    places = places_by_organisation(session, user=request.user)
    mine = session.invitations.current().filter(member=request.member).first()
    commitments = commitments_of_session(session, user=request.user)
    context = {
        "session": session,
        "is_over": session.ends_at <= at,
        "has_begun": session.date <= today,
        "agenda": agenda_lines(session.agenda),
        "may_plan": request.member.is_facilitator and not session.is_cancelled and session.ends_at > at,
        "places": places,
        "totals": totals(places),
        "uninvited": sum(not person.invited_at for place in places for person in place.people),
        "missing": missing_from_teams(session).count() if request.member.is_facilitator else 0,
        "mine": mine,
        "may_reply": mine is not None and may_reply(session, at=at),
        "commitments": commitment_rows(commitments, member=request.member, today=today),
        "decisions": decisions_for(session.programme, user=request.user).filter(session=session),
        "is_facilitator": request.member.is_facilitator,
        "sees_counts": _sees_everything(request.member),
    }
    return render(request, "sessions/session_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest, programme_id):
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    initial = {"kind": "workshop", "date": request.GET.get("date", "")}
    form = NewSessionForm(request.POST or None, programme=programme, initial=initial)
    warnings = []
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        teams, people = facts.pop("teams", []), facts.pop("people")
        in_teams = Member.objects.visible_to(request.user).current().filter(programme=programme, team__in=teams)
        warnings = _warnings(request, programme, facts, people=[*in_teams, *people])
        if _may_go_on(request, warnings):
            notify = request.POST.get("action") != "later"
            session = services.plan_session(
                programme, actor=request.user, at=timezone.now(), teams=teams, people=people, notify=notify, **facts
            )
            messages.success(request, _("“%(title)s” is planned.") % {"title": session.title})
            return redirect("sessions:session_detail", programme_id=programme.pk, session_id=session.pk)
    context = {"form": form, "warnings": warnings, "seen": _fingerprint(warnings)}
    return render(request, "sessions/session_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, programme_id, session_id):
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    title = session.title  # a form that came back has put its own into the instance
    form = SessionForm(request.POST or None, programme=session.programme, instance=session)
    warnings = []
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        asked = Member.objects.visible_to(request.user).filter(
            session_invitations__session=session, session_invitations__removed_at=None
        )
        if form.has_changed() and {"date", "starts", "ends"} & set(form.changed_data):
            warnings = _warnings(request, session.programme, facts, people=asked, session=session)
        if _may_go_on(request, warnings):
            services.change_session(session, actor=request.user, at=timezone.now(), **facts)
            messages.success(request, _("Your changes are saved."))
            return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    mailed = session.invitations.current().exclude(invited_at=None).count()
    context = {"form": form, "session": session, "title": title, "mailed": mailed}
    context |= {"warnings": warnings, "seen": _fingerprint(warnings)}
    return render(request, "sessions/session_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_notes(request: HttpRequest, programme_id, session_id):
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    form = NotesForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        services.change_session(session, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your notes are saved."))
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    return render(request, "sessions/session_notes.html", {"form": form, "session": session})


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, programme_id, session_id):
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    at = timezone.now()
    if request.method == "POST":
        mails = services.cancel_session(session, actor=request.user, at=at)
        told = ngettext("%(count)s person is told by mail.", "%(count)s people are told by mail.", mails) % {
            "count": mails
        }
        messages.success(request, _("“%(title)s” is cancelled. %(told)s") % {"title": session.title, "told": told})
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    places = session.invitations.current()
    context = {
        "session": session,
        "is_over": session.ends_at <= at,
        "mailed": places.exclude(invited_at=None).count(),
        "coming": places.filter(reply="coming").count(),
        "commitments": session.carried_commitments.open().count(),
    }
    return render(request, "sessions/session_cancel.html", context)


def _sees_everything(member: Member) -> bool:
    return member.is_facilitator or member.is_executive


def _warnings(request, programme, facts, *, people, session=None):
    return planning_warnings(
        programme,
        actor=request.user,
        at=timezone.now(),
        date=facts["date"],
        starts=facts["starts"],
        ends=facts["ends"],
        people=people,
        session=session,
    )


def _may_go_on(request, warnings):
    """There is nothing to warn of, or exactly these warnings have been read and the button pressed again."""
    return not warnings or request.POST.get("seen") == _fingerprint(warnings)


def _fingerprint(warnings):
    return sha256("\n".join(warnings).encode()).hexdigest()[:16] if warnings else ""
