from practices.models.practice import Practice, PracticeDocument, PracticePhoto, PracticeSource
from practices.models.submission import (
    CoAuthor,
    CoAuthorInvitation,
    ReviewNote,
    Submission,
    SubmissionFile,
)
from practices.models.target_group import TargetGroup

__all__ = [
    "CoAuthor",
    "CoAuthorInvitation",
    "Practice",
    "PracticeDocument",
    "PracticePhoto",
    "PracticeSource",
    "ReviewNote",
    "Submission",
    "SubmissionFile",
    "TargetGroup",
]
