"""Words with a fixed set of values, stored in lower case. Everybody may import this; it imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is inside one programme."""

    FACILITATOR = "facilitator", _("Facilitator")
    EXECUTIVE = "executive", _("Executive")
    PARTICIPANT = "participant", _("Participant")


class OrganisationKind(TextChoices):
    COUNCIL = "council", _("Council")
    NHS = "nhs", _("NHS body")
    CHARITY = "charity", _("Charity or community group")
    POLICE_FIRE = "police_fire", _("Police or fire service")
    EDUCATION = "education", _("School, college or university")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Another kind")


class DeliveryState(TextChoices):
    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Handed to your mail server")
    RETRYING = "retrying", _("Trying again")
    FAILED = "failed", _("Could not be sent")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    CANCELLED = "cancelled", _("No longer needed")


class DeliveryPurpose(TextChoices):
    ACCOUNT_INVITATION = "account_invitation", _("Invitation to sign in")
    WAVE_INVITATION = "wave_invitation", _("Invitation to a questionnaire")
    WAVE_REMINDER = "wave_reminder", _("Reminder of a questionnaire")
    SESSION_INVITATION = "session_invitation", _("Invitation to a session")
    SESSION_UPDATE = "session_update", _("Change to a session")
    SESSION_CANCELLATION = "session_cancellation", _("Cancelled session")
    SESSION_REMINDER = "session_reminder", _("Reminder of a session")
    REPORT_RELEASED = "report_released", _("Report ready to read")


# A reminder whose hand-over was cut short is not sent a second time by itself; it shows as unconfirmed.
NEVER_SENT_TWICE = frozenset({DeliveryPurpose.WAVE_REMINDER, DeliveryPurpose.SESSION_REMINDER})


class JobKind(TextChoices):
    RELEASE_WAVE = "release_wave", _("Compute and check results")
    COMPILE_REPORT = "compile_report", _("Compile a report")


class JobState(TextChoices):
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Working")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ImportState(TextChoices):
    PREVIEW = "preview", _("Waiting for your decision")
    CONFIRMED = "confirmed", _("Saved")


class ListedState(TextChoices):
    """What saving an uploaded list would do to one person of it."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    PROBLEM = "problem", _("Problem")


class AuditAction(TextChoices):
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    ACCOUNT_INVITED = "account_invited", _("Invited an account")
    ACCOUNT_ACCEPTED = "account_accepted", _("Accepted an invitation")
    ACCOUNT_CHANGED = "account_changed", _("Changed an account")
    PROGRAMME_CREATED = "programme_created", _("Created a programme")
    PROGRAMME_CHANGED = "programme_changed", _("Changed a programme")
    ORGANISATION_ADDED = "organisation_added", _("Added an organisation")
    ORGANISATION_CHANGED = "organisation_changed", _("Changed an organisation")
    MEMBER_ADDED = "member_added", _("Added a person")
    MEMBER_CHANGED = "member_changed", _("Changed a person")
    ROLE_CHANGED = "role_changed", _("Changed a role")
    PEOPLE_IMPORTED = "people_imported", _("Imported people")
    RESULTS_IMPORTED = "results_imported", _("Imported licensed results")
    RESULTS_IMPORT_UNDONE = "results_import_undone", _("Undid an import of licensed results")
    INSTRUMENT_LOADED = "instrument_loaded", _("Loaded an instrument")
    SESSION_PLANNED = "session_planned", _("Planned a session")
    SESSION_CHANGED = "session_changed", _("Changed a session")
    SESSION_CANCELLED = "session_cancelled", _("Cancelled a session")
    SESSION_INVITED = "session_invited", _("Invited people to a session")
    SESSION_PERSON_REMOVED = "session_person_removed", _("Took a person off a session")
    ATTENDANCE_RECORDED = "attendance_recorded", _("Recorded attendance")
    COMMITMENT_MADE = "commitment_made", _("Noted a commitment")
    COMMITMENT_CHANGED = "commitment_changed", _("Changed a commitment")
    DECISION_ASKED = "decision_asked", _("Asked for a decision")
    WAVE_OPENED = "wave_opened", _("Opened a questionnaire")
    WAVE_CHANGED = "wave_changed", _("Changed a questionnaire")
    WAVE_CLOSED = "wave_closed", _("Closed a questionnaire")
    WAVE_RELEASED = "wave_released", _("Released results")
    REMINDERS_QUEUED = "reminders_queued", _("Sent reminders")
    LINK_REISSUED = "link_reissued", _("Sent a new link")
    DELIVERY_RESENT = "delivery_resent", _("Sent a mail again")
    DELIVERY_STOPPED = "delivery_stopped", _("Stopped a mail")
    REPORT_COMPILED = "report_compiled", _("Compiled a report")
    REPORT_RELEASED = "report_released", _("Released a report")
    EXPORTED = "exported", _("Downloaded data")
    PROFILE_SHARED = "profile_shared", _("Shared a strengths profile")
    PROFILE_UNSHARED = "profile_unshared", _("Stopped sharing a strengths profile")
    DECISION_TAKEN = "decision_taken", _("Took a decision")
