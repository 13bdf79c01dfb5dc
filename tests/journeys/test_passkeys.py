"""A passkey in a real browser with a virtual authenticator: added in plain words, then enough to sign in."""

from tests.factories.programme import PASSWORD


def test_passkey_is_added_in_plain_words_and_signs_in_alone(cast, page, sign_in, check_accessibility):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, cast.participant)
    page.wait_for_selector("main h1")
    assert "Successfully signed in" not in page.locator("main").inner_text()

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/webauthn/add/")
    check_accessibility(page)
    assert "Passwordless" not in page.locator("main").inner_text()
    page.get_by_label("What do you call this device or key?").fill("My phone")
    page.get_by_label("Sign in with it alone, without my password").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: "/add/" not in url)

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert page.get_by_text(cast.participant.name).first.is_visible()
