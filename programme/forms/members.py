from django import forms
from django.utils.translation import gettext_lazy as _

from programme.enums import Role
from programme.forms.addresses import AddressForm
from programme.models.organisations import Organisation
from programme.models.teams import Team

ROLE_WORDS = [
    (Role.PARTICIPANT, _("Participant: answers questionnaires and comes to sessions")),
    (Role.EXECUTIVE, _("Executive: sees released results and reports")),
    (Role.FACILITATOR, _("Facilitator: runs the programme")),
]


class MemberForm(AddressForm):
    field_order = ["name", "email", "address_is_right", "job_title", "organisation", "team", "roles"]

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the person's name")},
    )
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the person's organisation")},
        help_text=_("Facilitators from outside the partnership need none."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team yet")
    )
    roles = forms.MultipleChoiceField(
        label=_("Role in this programme"),
        choices=ROLE_WORDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role")},
    )

    def __init__(self, *args, programme, person=None, **kwargs):
        if person is not None:
            kwargs["address_before"] = person.email
            kwargs["initial"] = {
                "name": person.name,
                "email": person.email,
                "job_title": person.job_title,
                "organisation": person.organisation_id,
                "team": person.team_id,
                "roles": [role.value for role in person.roles],
            }
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(partners__programme=programme).order_by(
            "partners__position"
        )
        self.fields["organisation"].label_from_instance = lambda organisation: organisation.name
        self.fields["team"].queryset = programme.teams.all()
        self.fields["email"].help_text = _("Invitations and reminders go here.")

    def clean(self):
        data = super().clean()
        data["roles"] = {Role(value) for value in data.get("roles", [])}
        data.setdefault("organisation", None)
        if data["roles"] == {Role.FACILITATOR} and self.has_error("organisation", "required"):
            del self.errors["organisation"]
        return data
