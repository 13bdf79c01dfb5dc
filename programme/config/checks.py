"""Deploy mistakes that only the composing floor can see, told by `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.module_loading import import_string


@register(Tags.security, deploy=True)
def check_second_factor(app_configs: Any, **kwargs: Any) -> list[Error]:
    """People with wide sight must use a second factor, unless the operator says otherwise on purpose."""
    if settings.PRODUCTION and not settings.REQUIRE_SECOND_FACTOR:
        return [Error("REQUIRE_SECOND_FACTOR is off in production.", id="common_ground.E001")]
    return []


@register()
def check_named_functions(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every function that the settings name by path exists."""
    paths = [*settings.DELIVERY_WRITERS.values(), *settings.JOB_RUNNERS.values(), *settings.LINK_ENDERS]
    paths += [*settings.ADDRESS_GUARDS, *settings.TICKERS]
    problems = []
    for path in paths:
        try:
            import_string(path)
        except ImportError as problem:
            problems.append(Error(f"Settings name {path}, which does not exist: {problem}", id="common_ground.E002"))
    return problems
