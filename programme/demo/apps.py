from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration programme and its kept mail; never installed in production."""

    name = "programme.demo"
    label = "demo"
