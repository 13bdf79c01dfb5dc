"""The only door through which scores leave: what a release shows, and a person's own profile.

A value is a `Score`, a `Movement` …, or `WITHHELD`, which holds no number at all. Everything comes from the frozen
document of a release; nothing here reads another person's answers.
"""

from assessments.disclosure import Bound
from assessments.releasing.cuts import PROGRAMME, Against, CutKind
from assessments.results.findings import finding
from assessments.results.profiles import Profile, ProfileScale, own_profile
from assessments.results.reading import (
    NotReleased,
    ReleaseChanged,
    released_results,
    same_instrument,
    trend,
    wave_results,
)
from assessments.results.relationships import Place, Relation, Relationships, Share, TotalShare, relationships_of
from assessments.results.shapes import (
    Comments,
    Cut,
    EarlierWave,
    Measure,
    Movement,
    Question,
    QuestionResult,
    Score,
    Strength,
    StrengthCount,
    WaveResults,
)
from programme.lib.charts import WITHHELD, Withheld

__all__ = [
    "PROGRAMME",
    "WITHHELD",
    "Against",
    "Bound",
    "Comments",
    "Cut",
    "CutKind",
    "EarlierWave",
    "Measure",
    "Movement",
    "NotReleased",
    "Place",
    "Profile",
    "ProfileScale",
    "Question",
    "QuestionResult",
    "Relation",
    "Relationships",
    "ReleaseChanged",
    "Score",
    "Share",
    "Strength",
    "StrengthCount",
    "TotalShare",
    "WaveResults",
    "Withheld",
    "finding",
    "own_profile",
    "relationships_of",
    "released_results",
    "same_instrument",
    "trend",
    "wave_results",
]
