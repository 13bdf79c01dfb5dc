from uuid import uuid4

from django.utils import timezone

from programme.enums import DeliveryPurpose
from programme.lib.tokens import token_hash
from programme.models.people_imports import PeopleImport
from programme.services import accounts, deliveries
from tests.access.rows import Row, by_role, everybody, nothing, programme_id  # noqa: F401


def people_import(cast):
    """A list waiting for its decision."""
    made = PeopleImport.objects.create(
        programme=cast.programme,
        uploaded_by=cast.facilitator,
        file_name="people.csv",
        table={"headers": ["Name", "E-mail"], "rows": [[2, ["Zoe", "zoe@example.org"]]], "notes": []},
        columns={"name": 0, "email": 1},
    )
    return {"programme_id": cast.programme.pk, "import_id": made.pk}


def people_template(cast):
    return {"programme_id": cast.programme.pk, "kind": "csv"}


def partner(cast):
    return {"programme_id": cast.programme.pk, "partner_id": cast.programme.partners.first().pk}


def team(cast):
    return {"programme_id": cast.programme.pk, "team_id": cast.managers.pk}


def person(cast):
    return {"programme_id": cast.programme.pk, "member_id": cast.participant_member.pk}


def delivery(cast):
    queued = deliveries.queue(
        cast.participant,
        purpose=DeliveryPurpose.WAVE_INVITATION,
        subject_id=uuid4(),
        occurrence="first",
        programme=cast.programme,
    )
    return {"programme_id": cast.programme.pk, "delivery_id": queued.pk}


def account(cast):
    return {"user_id": cast.participant.pk}


def organisation(cast):
    return {"organisation_id": cast.council.pk}


def welcome(cast):
    """A link that was used already: friendly to everybody."""
    token = "an-invitation-that-was-accepted-once"
    user = cast.participant
    invitation = accounts.invite_again(user, actor=cast.administrator, at=timezone.now())
    invitation.token_hash, invitation.accepted_at = token_hash(token), timezone.now()
    invitation.save()
    return {"token": token}


ADMINISTRATORS = by_role("login", 403, 403, 403, 200, 403)
ADMINISTRATORS_POST = by_role("login", 403, 403, 403, 302, 403)
FACILITATORS = by_role("login", 403, 200, 403, 403, 404)
FACILITATORS_POST = by_role("login", 403, 302, 403, 403, 404)

ROWS: dict[str, Row] = {
    # Home, accounts, administration
    "home": Row(nothing, by_role("login", 302, 302, 302, 200, 302)),
    "privacy": Row(nothing, everybody(200)),
    "accessibility": Row(nothing, everybody(200)),
    "help": Row(nothing, everybody(200)),
    "welcome": Row(welcome, everybody(200)),
    "account": Row(nothing, by_role("login", 200, 200, 200, 200, 200)),
    "account_name": Row(nothing, by_role("login", 200, 200, 200, 200, 200)),
    "account_list": Row(nothing, ADMINISTRATORS),
    "account_invite": Row(nothing, ADMINISTRATORS),
    "account_change": Row(account, ADMINISTRATORS),
    "account_reinvite": Row(account, ADMINISTRATORS_POST, method="post"),
    "account_deactivate": Row(account, ADMINISTRATORS),
    "account_reactivate": Row(account, ADMINISTRATORS_POST, method="post"),
    "organisation_list": Row(nothing, ADMINISTRATORS),
    "organisation_create": Row(nothing, ADMINISTRATORS),
    "organisation_change": Row(organisation, ADMINISTRATORS),
    "delivery_list_all": Row(nothing, ADMINISTRATORS),
    "audit_list": Row(nothing, ADMINISTRATORS),
    # Programme, set-up, organisations, teams
    "programme_list": Row(nothing, by_role("login", 200, 200, 200, 200, 200)),
    "programme_create": Row(nothing, by_role("login", 403, 200, 403, 403, 200)),
    "programme_setup": Row(programme_id, FACILITATORS),
    "programme_change": Row(programme_id, FACILITATORS),
    "programme_promise": Row(programme_id, FACILITATORS),
    "partner_list": Row(programme_id, FACILITATORS),
    "partner_create": Row(programme_id, FACILITATORS),
    "partner_change": Row(partner, FACILITATORS),
    "partner_up": Row(partner, FACILITATORS_POST, method="post"),
    "partner_remove": Row(partner, FACILITATORS_POST, method="post"),
    "team_list": Row(programme_id, FACILITATORS),
    "team_change": Row(team, FACILITATORS),
    "team_remove": Row(team, FACILITATORS_POST, method="post"),
    # People
    "member_list": Row(programme_id, by_role("login", 403, 200, 200, 200, 404)),
    "member_add": Row(programme_id, FACILITATORS),
    "member_change": Row(person, FACILITATORS),
    "member_end": Row(person, FACILITATORS),
    "member_return": Row(person, FACILITATORS_POST, method="post"),
    # Mail and activity
    "delivery_list": Row(programme_id, FACILITATORS),
    "delivery_resend": Row(delivery, FACILITATORS_POST, method="post"),
    "delivery_stop": Row(delivery, FACILITATORS_POST, method="post"),
    "programme_audit": Row(programme_id, FACILITATORS),
    # People import
    "people_import_new": Row(programme_id, FACILITATORS),
    "people_import_template": Row(people_template, FACILITATORS),
    "people_import": Row(people_import, FACILITATORS),
    "people_import_columns": Row(people_import, FACILITATORS),
    "people_import_confirm": Row(people_import, FACILITATORS_POST, method="post"),
    "people_import_discard": Row(people_import, FACILITATORS_POST, method="post"),
    "people_import_problems": Row(people_import, FACILITATORS),
}
