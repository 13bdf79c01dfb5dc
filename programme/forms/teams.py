from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class TeamForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the team"),
        max_length=120,
        error_messages={"required": _("Enter a name for the team")},
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args, programme, team=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = programme.teams.exclude(pk=team.pk) if team else programme.teams.all()

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise ValidationError(_("The programme has a team of this name already"))
        return name
