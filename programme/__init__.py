"""The base app (organisations, programmes, teams, members, audit, mail and jobs) and the home of the composing packages."""

from programme.config.celery import app as celery_app

__all__ = ["celery_app"]
