from django.urls import path

from programme.views import (
    accounts,
    audit,
    deliveries,
    health,
    home,
    jobs,
    members,
    organisations,
    pages,
    people_imports,
    programmes,
    teams,
    welcome,
)

urlpatterns = [
    # Health
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    # Home, accounts, administration
    path("", home.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("help/", pages.help_page, name="help"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("account/", accounts.account, name="account"),
    path("account/name/", accounts.account_name, name="account_name"),
    path("administration/accounts/", accounts.account_list, name="account_list"),
    path("administration/accounts/invite/", accounts.account_invite, name="account_invite"),
    path("administration/accounts/<uuid:user_id>/", accounts.account_change, name="account_change"),
    path("administration/accounts/<uuid:user_id>/invite/", accounts.account_reinvite, name="account_reinvite"),
    path("administration/accounts/<uuid:user_id>/switch-off/", accounts.account_deactivate, name="account_deactivate"),
    path("administration/accounts/<uuid:user_id>/switch-on/", accounts.account_reactivate, name="account_reactivate"),
    path("administration/organisations/", organisations.organisation_list, name="organisation_list"),
    path("administration/organisations/new/", organisations.organisation_create, name="organisation_create"),
    path(
        "administration/organisations/<uuid:organisation_id>/",
        organisations.organisation_change,
        name="organisation_change",
    ),
    path("administration/mail/", deliveries.delivery_list_all, name="delivery_list_all"),
    path("administration/activity/", audit.audit_list, name="audit_list"),
    # Programme, set-up, organisations, teams
    path("programmes/", home.programme_list, name="programme_list"),
    path("programmes/new/", programmes.programme_create, name="programme_create"),
    path("programmes/<uuid:programme_id>/set-up/", programmes.programme_setup, name="programme_setup"),
    path("programmes/<uuid:programme_id>/set-up/aims/", programmes.programme_change, name="programme_change"),
    path("programmes/<uuid:programme_id>/set-up/privacy/", programmes.programme_promise, name="programme_promise"),
    path("programmes/<uuid:programme_id>/set-up/organisations/", organisations.partner_list, name="partner_list"),
    path(
        "programmes/<uuid:programme_id>/set-up/organisations/new/", organisations.partner_create, name="partner_create"
    ),
    path(
        "programmes/<uuid:programme_id>/set-up/organisations/<int:partner_id>/",
        organisations.partner_change,
        name="partner_change",
    ),
    path(
        "programmes/<uuid:programme_id>/set-up/organisations/<int:partner_id>/up/",
        organisations.partner_up,
        name="partner_up",
    ),
    path(
        "programmes/<uuid:programme_id>/set-up/organisations/<int:partner_id>/remove/",
        organisations.partner_remove,
        name="partner_remove",
    ),
    path("programmes/<uuid:programme_id>/set-up/teams/", teams.team_list, name="team_list"),
    path("programmes/<uuid:programme_id>/set-up/teams/<uuid:team_id>/", teams.team_change, name="team_change"),
    path("programmes/<uuid:programme_id>/set-up/teams/<uuid:team_id>/remove/", teams.team_remove, name="team_remove"),
    # People
    path("programmes/<uuid:programme_id>/people/", members.member_list, name="member_list"),
    path("programmes/<uuid:programme_id>/people/new/", members.member_add, name="member_add"),
    path("programmes/<uuid:programme_id>/people/<uuid:member_id>/", members.member_change, name="member_change"),
    path("programmes/<uuid:programme_id>/people/<uuid:member_id>/left/", members.member_end, name="member_end"),
    path("programmes/<uuid:programme_id>/people/<uuid:member_id>/back/", members.member_return, name="member_return"),
    # People import
    path("programmes/<uuid:programme_id>/people/import/", people_imports.people_import_new, name="people_import_new"),
    path(
        "programmes/<uuid:programme_id>/people/import/template.<str:kind>",
        people_imports.people_import_template,
        name="people_import_template",
    ),
    path(
        "programmes/<uuid:programme_id>/people/import/<uuid:import_id>/",
        people_imports.people_import,
        name="people_import",
    ),
    path(
        "programmes/<uuid:programme_id>/people/import/<uuid:import_id>/columns/",
        people_imports.people_import_columns,
        name="people_import_columns",
    ),
    path(
        "programmes/<uuid:programme_id>/people/import/<uuid:import_id>/save/",
        people_imports.people_import_confirm,
        name="people_import_confirm",
    ),
    path(
        "programmes/<uuid:programme_id>/people/import/<uuid:import_id>/discard/",
        people_imports.people_import_discard,
        name="people_import_discard",
    ),
    path(
        "programmes/<uuid:programme_id>/people/import/<uuid:import_id>/problems/",
        people_imports.people_import_problems,
        name="people_import_problems",
    ),
    # Mail and activity
    path("programmes/<uuid:programme_id>/mail/", deliveries.delivery_list, name="delivery_list"),
    path(
        "programmes/<uuid:programme_id>/mail/<uuid:delivery_id>/again/",
        deliveries.delivery_resend,
        name="delivery_resend",
    ),
    path(
        "programmes/<uuid:programme_id>/mail/<uuid:delivery_id>/stop/",
        deliveries.delivery_stop,
        name="delivery_stop",
    ),
    path("programmes/<uuid:programme_id>/activity/", audit.programme_audit, name="programme_audit"),
    # Jobs
    path("programmes/<uuid:programme_id>/jobs/<uuid:job_id>/", jobs.job, name="job"),
]
