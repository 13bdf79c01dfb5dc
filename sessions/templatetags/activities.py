"""What sessions add to a page of results, which knows nothing of sessions itself."""

from django import template
from django.utils import timezone

from sessions.queries.activities import fitting_activities, planned_sessions

register = template.Library()


@register.inclusion_tag("sessions/_fitting_activities.html", takes_context=True)
def activities_that_fit(context, results, cut):
    """Three activities for the shown group, each with a button that puts it into the next planned session."""
    request = context["request"]
    sessions = planned_sessions(request.user, request.programme, at=timezone.now())
    session = sessions[0] if sessions else None
    return {
        "programme": request.programme,
        "session": session,
        "activities": fitting_activities(results, cut, mode=session.mode if session else None),
        "back": request.get_full_path(),
    }
