"""The rules of the W3C feed validator that a feed of ours could break, in our own words.

The validator itself is a service on the network; this is what its source was seen to look at, errors and warnings
alike, but for what only a fetch could tell and for what we write knowingly: RFC 6721's namespace, the `controls` of
a player, U+FFFD where a body's markup decodes to a control character.
"""

from golden.validator.atom import find_atom_faults
from golden.validator.rss import find_rss_faults

__all__ = ["find_atom_faults", "find_rss_faults"]
