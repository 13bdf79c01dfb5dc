"""A facilitator's first page: what needs them today, then how everything stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.enums import WaveState
from programme.dashboards.queries.facts import facilitator_facts
from programme.dashboards.queries.mail import mail_of_month
from programme.dashboards.queries.needs import needs
from programme.dashboards.queries.people import people_counts
from programme.dashboards.queries.steps import meetings, programme_steps
from programme.dashboards.queries.tracker import first_to_close, tracker
from programme.dashboards.queries.waves import in_state
from programme.models.programmes import Programme
from programme.queries.members import team_counts


def facilitator_page(request: HttpRequest, programme: Programme) -> HttpResponse:
    at = timezone.now()
    facts = facilitator_facts(programme, user=request.user, at=at)
    met = meetings(programme, user=request.user, at=at, today=facts.today)
    steps = programme_steps(facts, met)
    context = {
        "facts": facts,
        "steps": [line.as_item() for line in steps],
        "steps_done": sum(line.done for line in steps),
    }
    if not facts.is_set_up and not facts.waves and not met.count:
        context["next"] = next(step for step in facts.setup if not step.done)
        return render(request, "dashboards/facilitator_new.html", context)
    first = first_to_close(facts.waves, at=at)
    context |= _people(request, programme) | {
        "needs": needs(facts),
        "tracker": tracker(first, name=facts.names[first.pk], at=at) if first else None,
        "others_open": [
            (wave, facts.names[wave.pk]) for wave in in_state(facts.waves, WaveState.OPEN) if wave != first
        ],
        "mail": mail_of_month(programme, user=request.user, today=facts.today),
    }
    return render(request, "dashboards/facilitator.html", context)


def _people(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    organisations = [partner.organisation for partner in programme.partners.select_related("organisation")]
    counts = team_counts(programme, organisations)
    return {
        "organisations": organisations,
        "counts": counts,
        "together": [sum(numbers) for numbers in zip(*(line.counts for line in counts), strict=True)],
        "people_counts": people_counts(programme, user=request.user),
    }
