from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.definitions import DefinitionProblems, parse

LARGEST_FILE = 256 * 1024


class InstrumentForm(forms.Form):
    """A definition as a YAML file or as text. When it is valid, `definition` and `text` are there."""

    file = forms.FileField(
        label=gettext_lazy("Definition file"),
        help_text=gettext_lazy("A YAML file, up to 256 kB. Download one from the list to see how it is written."),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Or the definition as text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 14, "spellcheck": "false", "class": "cg-code"}),
    )

    definition = None
    problems = ()

    def clean(self):
        cleaned = super().clean()
        text = self._text(cleaned)
        if not text.strip():
            raise ValidationError(_("Choose a file, or paste the definition"))
        try:
            self.definition = parse(text)
        except DefinitionProblems as found:
            self.problems = found.problems
            raise ValidationError([str(problem) for problem in found.problems]) from found
        cleaned["definition_text"] = text
        return cleaned

    def _text(self, cleaned):
        file = cleaned.get("file")
        if not file:
            # Browsers send line ends of their own.
            return cleaned.get("text", "").replace("\r\n", "\n")
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 256 kB. Definitions are small; check the file."))
        try:
            return file.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise ValidationError(_("The file is not text in UTF-8. Save it as UTF-8 and try again.")) from None
