import pytest

from assessments.models.instruments import InstrumentVersion
from tests.factories.reports import Story


@pytest.fixture
def story(cast, instruments) -> Story:
    """Three released waves of the shipped team questionnaire."""
    return Story(cast, InstrumentVersion.objects.get(key="team_dimensions"))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Compiled files of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
