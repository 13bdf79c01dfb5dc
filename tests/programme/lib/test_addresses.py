import pytest

from programme.lib.addresses import likely_meant, normalised


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jo@nhs.ent", "jo@nhs.net"),
        ("jo@nsh.net", "jo@nhs.net"),
        ("Jo@Harbour.NSH.uk", "jo@harbour.nhs.uk"),
        ("jo@westshire.gov.ku", "jo@westshire.gov.uk"),
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@hotmial.co.uk", "jo@hotmail.co.uk"),
        ("jo@somewhere.con", "jo@somewhere.com"),
    ],
)
def test_a_slip_of_the_finger_is_noticed(typed, meant):
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "jo@nhs.net", "jo@harbour.nhs.uk", "jo@westshire.gov.uk", "jo@trust.org.uk", "jo@mail.com", "jo@ymail.com",
        "jo@example.org", "jo@devon.police.uk", "jo@localhost", "no address", "",
    ],
)  # fmt: skip
def test_a_right_address_is_left_alone(typed):
    assert likely_meant(typed) == ""


def test_addresses_have_one_spelling():
    assert normalised("  Jo.Bloggs@NHS.net ") == "jo.bloggs@nhs.net"
