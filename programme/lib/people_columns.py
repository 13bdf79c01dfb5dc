"""Which column of somebody's list holds what: guessed from the headings, corrected by the person."""

import re
from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

NAME, FIRST_NAME, LAST_NAME, EMAIL = "name", "first_name", "last_name", "email"
JOB_TITLE, ORGANISATION, TEAM, ROLES = "job_title", "organisation", "team", "roles"

# In the order in which the template and the forms show them.
LABELS = {
    NAME: _("Name"),
    FIRST_NAME: _("First name"),
    LAST_NAME: _("Last name"),
    EMAIL: _("E-mail"),
    JOB_TITLE: _("Job title"),
    ORGANISATION: _("Organisation"),
    TEAM: _("Team"),
    ROLES: _("Role"),
}

# Headings as people write them, without spaces, signs and capitals.
_HEADINGS = {
    EMAIL: "email emailaddress mail mailaddress workemail emailwork nhsmail contactemail primaryemail eaddress",
    FIRST_NAME: "firstname forename givenname first knownas preferredname christianname",
    LAST_NAME: "lastname surname familyname last secondname",
    NAME: "name fullname participant participantname person colleague staffname employeename displayname membername",
    JOB_TITLE: "jobtitle job position post posttitle jobrole roletitle designation occupation",
    ORGANISATION: "organisation organization org organisationname employer partner partnerorganisation company body "
    "agency authority councilortrust",
    TEAM: "team teamname group groupname cohort programmeteam programmegroup workinggroup workstream",
    ROLES: "role roles programmerole roleinprogramme roleintheprogramme",
}
# Words that give a longer heading away, for example “Work e-mail address (required)”. Tried in this order.
_CLUES = [
    (EMAIL, "email"),
    (NAME, "surnamefirst"),
    (NAME, "lastnamefirst"),
    (NAME, "firstnamelast"),
    (NAME, "firstnamesurname"),
    (NAME, "firstnameandsurname"),
    (NAME, "firstnameandlast"),
    (FIRST_NAME, "firstname"),
    (FIRST_NAME, "forename"),
    (LAST_NAME, "surname"),
    (LAST_NAME, "lastname"),
    (JOB_TITLE, "jobtitle"),
    (ORGANISATION, "organisation"),
    (ORGANISATION, "organization"),
    (ORGANISATION, "employer"),
    (TEAM, "team"),
    (ROLES, "role"),
    (NAME, "name"),
]
_BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}


def guess_columns(headers: Sequence[str], *, looks_like_role: Sequence[bool] = ()) -> dict[str, int]:
    """Field to column number, for the fields that could be recognised. Each column is used once.

    `looks_like_role` says of each column whether its cells are words for roles in a programme: “Role” heads a list of
    job titles as often as not.
    """
    plain = [_plain(header) for header in headers]
    columns: dict[str, int] = {}
    for index, heading in enumerate(plain):
        field = _BY_HEADING.get(heading)
        if field:
            columns.setdefault(field, index)
    for field, clue in _CLUES:
        if field not in columns:
            found = [i for i, heading in enumerate(plain) if clue in heading and i not in columns.values()]
            if found:
                columns[field] = found[0]
    return _settled(columns, looks_like_role)


def are_enough(columns: Collection[str]) -> bool:
    """Whether people can be told apart and addressed: an e-mail column, and a name in one or two parts."""
    return EMAIL in columns and any(name in columns for name in (NAME, FIRST_NAME, LAST_NAME))


def _settled(columns: dict[str, int], looks_like_role: Sequence[bool]) -> dict[str, int]:
    role = columns.get(ROLES)
    said_otherwise = role is not None and role < len(looks_like_role) and not looks_like_role[role]
    if said_otherwise and JOB_TITLE not in columns:
        columns[JOB_TITLE] = columns.pop(ROLES)
    # “Name” beside “Surname” is a first name; beside both parts it says nothing new.
    if LAST_NAME in columns and FIRST_NAME not in columns and NAME in columns:
        columns[FIRST_NAME] = columns.pop(NAME)
    if FIRST_NAME in columns and LAST_NAME in columns:
        columns.pop(NAME, None)
    return {field: columns[field] for field in LABELS if field in columns}


def _plain(header: str) -> str:
    return re.sub(r"[\W\d_]+", "", header.lower())
