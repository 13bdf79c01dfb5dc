from itertools import groupby
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme.models.members import Member


class PeopleField(forms.MultipleChoiceField):
    """People to tick, under the names of their organisations. Gives a list of members; `offer` says whom."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, members: QuerySet[Member]) -> None:
        ordered = members.select_related("organisation", "team").order_by("organisation__name", "name")
        self.members = {str(member.pk): member for member in ordered}
        self.choices = [
            (heading, [(str(member.pk), _words(member)) for member in group])
            for heading, group in groupby(self.members.values(), key=_heading)
        ]

    def clean(self, value: list[str]) -> list[Member]:
        return [self.members[pk] for pk in super().clean(value)]


class InviteForm(forms.Form):
    """More people for a session that is planned already."""

    people = PeopleField(label=_("Who else is invited?"), error_messages={"required": _("Tick at least one person")})

    def __init__(self, *args, members: QuerySet[Member], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].offer(members)

    @property
    def has_choices(self) -> bool:
        return bool(self.fields["people"].choices)


class OwnerField(forms.ChoiceField):
    """One person of the programme, under organisations. Gives the member."""

    def offer(self, members: QuerySet[Member]) -> None:
        ordered = members.select_related("organisation", "team").order_by("organisation__name", "name")
        self.members = {str(member.pk): member for member in ordered}
        groups = [
            (heading or _("No organisation"), [(str(member.pk), _words(member)) for member in group])
            for heading, group in groupby(self.members.values(), key=_heading)
        ]
        self.choices = [("", _("Choose a person")), *groups]

    def prepare_value(self, value: Member | UUID | str | None) -> str:
        return str(value.pk if isinstance(value, Member) else value or "")

    def clean(self, value: str) -> Member | None:
        return self.members.get(super().clean(value))


def _heading(member: Member) -> str:
    return member.organisation.name if member.organisation else ""


def _words(member: Member) -> str:
    return f"{member.name}, {member.team.name}" if member.team else member.name
