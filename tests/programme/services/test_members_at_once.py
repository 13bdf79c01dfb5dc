"""Two people pressing at the same moment."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from programme.enums import Role
from programme.models.members import Member
from programme.models.users import User
from programme.services import members
from tests.factories.programme import make_member

NOW = timezone.now()


def at_once(*actions) -> list[str]:
    """Runs the actions in threads that start together; says how each ended."""
    barrier, outcomes = Barrier(len(actions)), []

    def run(action):
        barrier.wait()
        try:
            action()
            outcomes.append("done")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_cannot_leave_at_once(cast):
    first = cast.programme.members.get(user=cast.facilitator)
    second = make_member(cast.programme, role=Role.FACILITATOR)

    outcomes = at_once(
        lambda: members.end_membership(first, actor=cast.facilitator, at=NOW),
        lambda: members.end_membership(second, actor=cast.facilitator, at=NOW),
    )

    assert outcomes == ["done", "refused"]
    assert cast.programme.members.current().filter(is_facilitator=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_press_adds_a_person_once(cast):
    def add():
        members.add_member(
            cast.programme,
            actor=cast.facilitator,
            at=NOW,
            email="jo@example.org",
            name="Jo",
            roles={Role.PARTICIPANT},
            organisation=cast.council,
        )

    outcomes = at_once(add, add, add)

    assert outcomes == ["done", "refused", "refused"]
    assert Member.objects.filter(user__email="jo@example.org").count() == 1
    assert User.objects.filter(email="jo@example.org").count() == 1
