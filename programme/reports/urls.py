from django.urls import include, path

from programme.reports import views

app_name = "reports"

report_pages = [
    path("", views.report_detail, name="report_detail"),
    path("change/", views.report_change, name="report_change"),
    path("compile/", views.report_compile, name="report_compile"),
    path("cancel/", views.report_cancel, name="report_cancel"),
    path("release/", views.report_release, name="report_release"),
    path("discard/", views.report_discard, name="report_discard"),
    path("pdf/", views.report_pdf, name="report_pdf"),
]
urlpatterns = [
    path("programmes/<uuid:programme_id>/reports/", views.report_list, name="report_list"),
    path("programmes/<uuid:programme_id>/reports/new/", views.report_create, name="report_create"),
    path("programmes/<uuid:programme_id>/reports/<uuid:report_id>/", include(report_pages)),
]
