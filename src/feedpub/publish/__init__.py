"""Publishing: documents → a target; plan, verify, write what changed, remove what we own and no longer make.

Nothing here touches a disk: a `Target` does, and it makes all the changes of a publication or none of them.
"""

from feedpub.publish.applying import Outcome, apply, ensure_allowed
from feedpub.publish.paths import MANIFEST_PATH, RESERVED, is_publishable
from feedpub.publish.planning import Document, Plan, Reason, Refusal, Write, plan
from feedpub.publish.target import Change, Digest, Obstacle, Target, measure

__all__ = [
    "MANIFEST_PATH",
    "RESERVED",
    "Change",
    "Digest",
    "Document",
    "Obstacle",
    "Outcome",
    "Plan",
    "Reason",
    "Refusal",
    "Target",
    "Write",
    "apply",
    "ensure_allowed",
    "is_publishable",
    "measure",
    "plan",
]
