from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "programme.dashboards"
    label = "dashboards"
