from practices.models.practice import Practice, PracticeDocument, PracticePhoto, PracticeSource
from practices.models.target_group import TargetGroup

__all__ = ["Practice", "PracticeDocument", "PracticePhoto", "PracticeSource", "TargetGroup"]
