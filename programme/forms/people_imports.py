import hashlib

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programme.lib import people_columns as fields
from programme.lib.spreadsheets import MAX_BYTES, column_name
from programme.queries.named_places import place_key
from programme.services.people_imports import CREATE, LEAVE_OUT


class PeopleUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file, up to 2,000 people and 2 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": gettext_lazy("Choose the file with your list"),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        # Looked at before a byte of it is read.
        if file.size > MAX_BYTES:
            size = f"{file.size / 1_000_000:.1f}"
            words = _(
                "The file is %(size)s MB. A list may be 2 MB at most: save only the rows and columns that are needed."
            )
            raise forms.ValidationError(words % {"size": size})
        return file


class PeopleColumnsForm(forms.Form):
    """Which column holds what. Every field shows each heading with the first cell under it."""

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        first = table["rows"][0][1] if table["rows"] else [""] * len(table["headers"])
        choices = [("", _("Not in this list"))]
        for index, header in enumerate(table["headers"]):
            if header or first[index]:
                heading = header or _("(no heading)")
                example = _(", for example “%(cell)s”") % {"cell": first[index][:40]} if first[index] else ""
                choices.append((index, f"{column_name(index)}: {heading}{example}"))
        for name, label in fields.LABELS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, required=name == fields.EMAIL, coerce=int, empty_value=None
            )
        needed = _("Choose the column that holds the e-mail addresses")
        self.fields[fields.EMAIL].error_messages["required"] = needed

    def clean(self):
        chosen = {name: index for name, index in self.cleaned_data.items() if index is not None}
        if not chosen.keys() & {fields.NAME, fields.FIRST_NAME, fields.LAST_NAME}:
            self.add_error(fields.NAME, _("Choose the column that holds the names"))
        used = {}
        for name, index in chosen.items():
            if index in used:
                words = _("“%(this)s” and “%(other)s” cannot be the same column")
                self.add_error(name, words % {"this": fields.LABELS[name], "other": fields.LABELS[used[index]]})
            used.setdefault(index, name)
        return chosen


class PeopleConfirmForm(forms.Form):
    """A decision for every organisation and team of the list that the programme does not have. Nothing is pre-selected."""

    def __init__(self, *args, preview, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation_fields = self._ask(
            "organisation",
            preview.unknown_organisations,
            preview.organisations,
            _("Add it as a new partner organisation"),
        )
        self.team_fields = self._ask("team", preview.unknown_teams, preview.teams, _("Add it as a new team"))

    @property
    def organisation_decisions(self):
        return {name: self.cleaned_data[field] for field, name in self.organisation_fields.items()}

    @property
    def team_decisions(self):
        return {name: self.cleaned_data[field] for field, name in self.team_fields.items()}

    def _ask(self, kind, unknown_names, places, create_words):
        """One question a name; returns field name to the name it asks about."""
        asked = {}
        for unknown in unknown_names:
            field = f"{kind}_{_fingerprint(unknown.name)}"
            asked[field] = unknown.name
            self.fields[field] = forms.ChoiceField(
                label=_("What is “%(name)s”?") % {"name": unknown.name},
                help_text=ngettext("%(count)s person has this.", "%(count)s people have this.", unknown.people)
                % {"count": unknown.people},
                choices=_choices(unknown.suggestion, places, create_words),
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what “%(name)s” is") % {"name": unknown.name}},
            )
        return asked


def _choices(suggestion, places, create_words):
    nearest_first = sorted(places, key=lambda place: place != suggestion)
    meant = _("It means “%(name)s”")
    return [
        *((str(place.pk), meant % {"name": place.name}) for place in nearest_first),
        (CREATE, create_words),
        (LEAVE_OUT, _("Leave these people out for now")),
    ]


def _fingerprint(name):
    """The same name has the same field, however the list or the programme changes between looking and saving."""
    return hashlib.sha256(place_key(name).encode()).hexdigest()[:12]
