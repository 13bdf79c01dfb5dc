from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.services import deliveries
from programme.views.deliveries import ROWS


def make_delivery(cast, state="pending", user=None, **fields) -> Delivery:
    delivery = deliveries.queue(
        user or cast.participant,
        purpose=DeliveryPurpose.WAVE_REMINDER,
        subject_id=uuid4(),
        occurrence="first",
        programme=cast.programme,
    )
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    return delivery


def url(name, cast, **kwargs):
    return reverse(name, kwargs={"programme_id": cast.programme.pk, **kwargs})


@pytest.mark.parametrize(
    ("state", "resends", "stops"),
    [
        ("pending", False, True), ("retrying", False, True), ("sending", False, False), ("sent", True, False),
        ("failed", True, False), ("unconfirmed", True, False), ("cancelled", False, False),
    ],
)  # fmt: skip
def test_each_state_offers_what_makes_sense(cast, client_for, state, resends, stops):
    delivery = make_delivery(cast, state)

    text = client_for(cast.facilitator).get(url("delivery_list", cast)).content.decode()

    assert (url("delivery_resend", cast, delivery_id=delivery.pk) in text) is resends
    assert (url("delivery_stop", cast, delivery_id=delivery.pk) in text) is stops


def test_a_failed_mail_is_told_with_its_reason_and_the_way_to_mend_it(cast, client_for):
    make_delivery(cast, "failed", problem="550 No such user")

    text = client_for(cast.facilitator).get(url("delivery_list", cast)).content.decode()

    assert "1 mail could not be sent" in text
    assert "550 No such user" in text
    assert url("member_change", cast, member_id=cast.participant_member.pk) in text


def test_sending_again_queues_it_and_comes_back_to_the_narrowed_list(cast, client_for):
    delivery = make_delivery(cast, "unconfirmed")

    response = client_for(cast.facilitator).post(
        url("delivery_resend", cast, delivery_id=delivery.pk), {"state": "unconfirmed"}
    )

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.PENDING
    assert response.url == url("delivery_list", cast) + "?state=unconfirmed"
    assert AuditEntry.objects.filter(action=AuditAction.DELIVERY_RESENT, actor_id=cast.facilitator.pk).count() == 1


def test_stopping_what_has_left_says_so(cast, client_for):
    delivery = make_delivery(cast, "sent")

    response = client_for(cast.facilitator).post(url("delivery_stop", cast, delivery_id=delivery.pk), follow=True)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert "had left already" in response.content.decode()


def test_the_list_is_narrowed_by_state(cast, client_for):
    make_delivery(cast, "sent", user=cast.executive)
    make_delivery(cast, "failed")
    browser = client_for(cast.facilitator)

    text = browser.get(url("delivery_list", cast), {"state": "failed"}).content.decode()
    assert (cast.participant.email in text, cast.executive.email in text) == (True, False)
    assert browser.get(url("delivery_list", cast), {"state": "nonsense"}).status_code == 200


def test_pages_of_mail_cost_the_same_queries(cast, client_for, django_assert_max_num_queries):
    browser = client_for(cast.facilitator)
    browser.get(url("delivery_list", cast))
    counts = []
    for more in (2, ROWS + 1):
        for _ in range(more):
            make_delivery(cast)
        with django_assert_max_num_queries(20) as queries:
            text = browser.get(url("delivery_list", cast)).content.decode()
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert "?page=2" in text


def test_mail_of_another_programme_cannot_be_touched(cast, client_for):
    delivery = make_delivery(cast, "failed")
    address = reverse("delivery_resend", args=[cast.other_programme.pk, delivery.pk])

    assert client_for(cast.other_facilitator).post(address).status_code == 404


def test_administrators_see_all_mail_and_change_none(cast, client_for):
    delivery = make_delivery(cast, "failed")

    text = client_for(cast.administrator).get(reverse("delivery_list_all")).content.decode()

    assert cast.participant.email in text
    assert str(delivery.pk) not in text
