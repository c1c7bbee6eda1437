"""The usual slips of those who write YAML by hand, each told from the others by where libyaml stopped and why."""

from feedpub.source.slips.explaining import explain
from feedpub.source.slips.refusal import Refusal, SyntaxProblem

__all__ = ["Refusal", "SyntaxProblem", "explain"]
