"""Which activities of the library fit a result, and which sessions they could be put into."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from assessments.results import Cut, Score, WaveResults
from programme.models.programmes import Programme
from programme.models.users import User
from sessions.activities import Activity, library
from sessions.enums import Dimension, Focus, SessionKind, SessionMode
from sessions.models.sessions import Session
from sessions.queries.upcoming import upcoming_sessions

SUGGESTED = 3
FOR_THE_LOWEST = 2
SESSIONS_OFFERED = 200


def planned_sessions(user: User, programme: Programme, *, at: datetime) -> list[Session]:
    """The sessions to come whose agenda can still grow, soonest first."""
    rows = upcoming_sessions(user, at=at, programme=programme, limit=SESSIONS_OFFERED)
    return [row.session for row in rows]


def session_for(sessions: Sequence[Session], *, team_id: UUID | None = None) -> Session | None:
    """The next of these sessions where activities make sense: not a talk between two people.

    For one team's result it must not be a session of other teams only; those without teams are for anybody.
    """
    prefetch_related_objects(list(sessions), "teams")
    for session in sessions:
        teams = {team.pk for team in session.teams.all()}
        if session.kind != SessionKind.ONE_TO_ONE and (team_id is None or not teams or team_id in teams):
            return session
    return None


def fitting_activities(results: WaveResults, cut: Cut, *, mode: SessionMode | None = None) -> list[Activity]:
    """Three activities for what this group's page shows lowest: two for the lowest, one for the next.

    Only shown scores count, never a withheld one; empty when nothing is shown, or the questionnaire asks about
    something else. `mode`: how people will meet; None leaves every mode.
    """
    usable = [activity for activity in library() if mode is None or activity.suits(mode)]
    shown = _shown(results, cut)
    if results.strengths:
        return [each for each in usable if each.focus is Focus.STRENGTHS][:SUGGESTED] if shown else []
    order = sorted((key for key in shown if key in Dimension.values), key=lambda key: shown[key].value)
    by_focus = [[each for each in usable if each.focus == key] for key in order]
    first = [each for found in by_focus[:1] for each in found]
    rest = [found[0] for found in by_focus[1:] if found]
    chosen = [*first[:FOR_THE_LOWEST], *rest]
    return [*chosen, *first[FOR_THE_LOWEST:]][:SUGGESTED]


def _shown(results: WaveResults, cut: Cut) -> dict[str, Score]:
    scores = {measure.key: results.score(measure.key, cut.key) for measure in results.measures}
    return {key: score for key, score in scores.items() if isinstance(score, Score)}
