"""What sessions add to a page of results, which knows nothing of sessions itself."""

from django import template
from django.utils import timezone

from sessions.queries.activities import fitting_activities, planned_sessions, session_for

register = template.Library()


@register.inclusion_tag("sessions/_fitting_activities.html", takes_context=True)
def activities_that_fit(context, results, cut):
    """Three activities for the shown group, each with a button that puts it into the next planned session."""
    request = context["request"]
    sessions = planned_sessions(request.user, request.programme, at=timezone.now())
    session = session_for(sessions, team_id=cut.team_id)
    return {
        "programme": request.programme,
        "session": session,
        "other_sessions": any(each != session for each in sessions),
        "activities": fitting_activities(results, cut, mode=session.mode if session else None),
        "back": request.get_full_path(),
    }
