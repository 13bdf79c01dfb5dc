from django import forms
from django.utils.translation import gettext_lazy as _

from programme.reports.models import Report, ReportKind

COMMENTARY_HELP = _(
    "Two or three paragraphs in your own words; an empty line begins a new one. Name groups, not people."
)


class ReportForm(forms.Form):
    """A new report. `waves`: the released questionnaires of the programme."""

    kind = forms.ChoiceField(label=_("Which report?"), choices=ReportKind.choices, widget=forms.RadioSelect)
    wave = forms.ModelChoiceField(
        queryset=None,
        label=_("Questionnaire"),
        required=False,
        empty_label=_("Choose one"),
        help_text=_("For team results only. The programme report tells of all released questionnaires."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example “Team results, end of programme”.")
    )
    commentary = forms.CharField(
        label=_("Your commentary"), required=False, max_length=8000, help_text=COMMENTARY_HELP, widget=forms.Textarea
    )

    def __init__(self, *args, waves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wave"].queryset = waves
        if not waves:
            self.fields["kind"].choices = [(ReportKind.PROGRAMME.value, ReportKind.PROGRAMME.label)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == ReportKind.TEAM_RESULTS and not cleaned.get("wave") and "wave" not in self.errors:
            self.add_error("wave", _("Choose the questionnaire whose results the report is about"))
        return cleaned


class ReportChangeForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ["title", "commentary"]
        help_texts = {"commentary": COMMENTARY_HELP}
