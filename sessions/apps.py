from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # Django's own browser sessions already own the label "sessions".
    label = "programme_sessions"
    verbose_name = "Programme sessions"
    default_auto_field = "django.db.models.BigAutoField"
