from django.urls import reverse

from programme.enums import AuditAction
from programme.services.audit import record
from programme.views.audit import ROWS


def test_a_facilitator_sees_the_programmes_activity_only(cast, client_for):
    record(AuditAction.MEMBER_ADDED, actor=cast.facilitator, programme=cast.programme, name="Jo Here")
    record(AuditAction.MEMBER_ADDED, actor=cast.other_facilitator, programme=cast.other_programme, name="Jo There")
    record(AuditAction.SIGN_IN, actor=cast.participant)

    text = client_for(cast.facilitator).get(reverse("programme_audit", args=[cast.programme.pk])).content.decode()

    assert ("Jo Here" in text, "Jo There" in text) == (True, False)
    assert cast.participant.name not in text


def test_old_and_new_are_told_in_words(cast, client_for):
    record(
        AuditAction.ROLE_CHANGED,
        actor=cast.facilitator,
        programme=cast.programme,
        name="<b>Jo</b>",
        old=["participant"],
        new=["executive", "participant"],
    )

    text = client_for(cast.administrator).get(reverse("audit_list")).content.decode()

    assert "from “participant” to “executive, participant”" in text
    assert "&lt;b&gt;Jo&lt;/b&gt;" in text


def test_activity_is_narrowed_and_paged(cast, client_for):
    for number in range(ROWS + 1):
        record(AuditAction.SIGN_IN, actor=cast.facilitator, name=f"n{number}")
    record(AuditAction.EXPORTED, actor=cast.facilitator, name="the people list")
    browser = client_for(cast.administrator)

    first = browser.get(reverse("audit_list")).content.decode()
    assert ("?page=2" in first, "the people list" in first) == (True, True)
    narrowed = browser.get(reverse("audit_list"), {"action": "sign_in", "page": "2"}).content.decode()
    assert ("n0" in narrowed, "the people list" in narrowed) == (True, False)
