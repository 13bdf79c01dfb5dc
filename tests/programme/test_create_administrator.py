import pytest
from django.core.management import CommandError, call_command

from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery
from programme.models.users import User


def test_create_administrator_mails_a_link_to_set_a_password(db):
    call_command("create_administrator", "Ada@example.org", verbosity=0)

    user = User.objects.get()
    assert (user.email, user.is_administrator, user.has_usable_password()) == ("ada@example.org", True, False)
    assert Delivery.objects.get().purpose == DeliveryPurpose.ACCOUNT_INVITATION


def test_create_administrator_refuses_what_is_no_address(db):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        call_command("create_administrator", "ada")
