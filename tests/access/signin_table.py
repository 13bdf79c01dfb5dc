"""allauth's pages: signing in, second factors, the account's own things. The same for everybody who has an account."""

from tests.access.rows import Outcome, Row, by_role, everybody, nothing


def signed_in(stranger: Outcome, member: Outcome) -> Row:
    return Row(nothing, by_role(stranger, member, member, member, member, member))


def _key(cast):
    return {"pk": 1}


def _provider(cast):
    return {"provider_id": "organisation"}


OWN_PAGE = signed_in("login", 200)
# Behind a fresh proof of who is there.
PROOF_FIRST = signed_in("login", 302)
NOT_SET_UP = signed_in("login", 404)
WAY_IN = signed_in(200, 302)

ROWS = {
    "account_login": WAY_IN,
    "account_signup": WAY_IN,
    "account_request_login_code": WAY_IN,
    "account_confirm_login_code": signed_in("login", 302),
    "account_reset_password": Row(nothing, everybody(200)),
    "account_confirm_password_reset_code": Row(nothing, everybody("login")),
    "account_complete_password_reset": Row(nothing, everybody(302)),
    "account_password_reset_completed": Row(nothing, everybody(200)),
    "account_inactive": Row(nothing, everybody(200)),
    "account_email_verification_sent": signed_in("login", 302),
    "account_logout": OWN_PAGE,
    "account_email": OWN_PAGE,
    "account_change_password": OWN_PAGE,
    "account_set_password": signed_in("login", 302),
    "account_reauthenticate": OWN_PAGE,
    "mfa_index": OWN_PAGE,
    "mfa_list_webauthn": OWN_PAGE,
    "mfa_authenticate": signed_in("login", 302),
    "mfa_login_webauthn": signed_in("login", 302),
    "mfa_reauthenticate": PROOF_FIRST,
    "mfa_reauthenticate_webauthn": PROOF_FIRST,
    "mfa_activate_totp": PROOF_FIRST,
    "mfa_add_webauthn": PROOF_FIRST,
    "mfa_generate_recovery_codes": PROOF_FIRST,
    "mfa_edit_webauthn": Row(_key, PROOF_FIRST.expected),
    "mfa_remove_webauthn": Row(_key, PROOF_FIRST.expected),
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "usersessions_list": OWN_PAGE,
    "socialaccount_connections": OWN_PAGE,
    "socialaccount_login_cancelled": Row(nothing, everybody(200)),
    "socialaccount_login_error": signed_in("login", 401),
    "socialaccount_signup": Row(nothing, everybody("login")),
    # No organisation's sign-in is set up in the tests.
    "openid_connect_login": Row(_provider, everybody(404)),
    "openid_connect_callback": Row(_provider, everybody(404)),
}
