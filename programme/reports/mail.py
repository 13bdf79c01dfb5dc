"""What the mail about a released report says."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from programme.lib.mail import Message, render
from programme.models.deliveries import Delivery
from programme.reports.models import Report


def write_report_released(delivery: Delivery) -> Message | None:
    """Tells an executive that a report is there to read. The report itself is never mailed: it is read after sign-in."""
    found = Report.objects.visible_to(delivery.recipient).filter(pk=delivery.subject_id, released_at__isnull=False)
    report = found.select_related("programme").first()
    if report is None:
        return None
    member = report.programme.members.current().filter(user=delivery.recipient).first()
    path = reverse("reports:report_detail", kwargs={"programme_id": report.programme_id, "report_id": report.pk})
    context = {
        "name": member.name if member else delivery.recipient.get_full_name(),
        "report": report,
        "programme_name": report.programme.name,
        "action_url": settings.SITE_URL + path,
        "action_label": _("Read the report"),
        "action_words": _("Read it here, after signing in:"),
        "reason": _("You receive this because you are an executive of this programme."),
    }
    return render("report_released", context)
