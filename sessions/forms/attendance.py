from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.enums import Attendance
from sessions.models.invitations import SessionInvitation

# What the register offers; coming for part of it is marked as there.
MARKS = [
    (Attendance.PRESENT, Attendance.PRESENT.label),
    (Attendance.APOLOGIES, _("Apologies")),
    (Attendance.ABSENT, Attendance.ABSENT.label),
]


class RegisterForm(forms.Form):
    """A row of three choices for each place. Nobody has to be marked."""

    def __init__(self, *args, invitations: Iterable[SessionInvitation], **kwargs):
        super().__init__(*args, **kwargs)
        self.by_field = {f"m-{invitation.member_id}": invitation for invitation in invitations}
        for name, invitation in self.by_field.items():
            shown = Attendance.PRESENT if invitation.attendance == Attendance.PART else invitation.attendance
            self.fields[name] = forms.ChoiceField(
                choices=MARKS, required=False, initial=shown, label=invitation.member.name, widget=forms.RadioSelect
            )

    def rows(self, invitations):
        """The fields of these places, in their order, with the invitation each belongs to."""
        return [(invitation, self[f"m-{invitation.member_id}"]) for invitation in invitations]

    def marks(self):
        """Member id to mark, for everybody whose mark is new: who was there for a part stays so."""
        chosen = [(self.by_field[name], mark) for name, mark in self.cleaned_data.items() if mark]
        return {
            invitation.member_id: Attendance(mark)
            for invitation, mark in chosen
            if (mark, invitation.attendance) != (Attendance.PRESENT, Attendance.PART)
        }
