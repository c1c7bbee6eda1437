"""Who does tasks beside this process: other processes of this machine, or of a cluster.

A task that they lose is done by whoever gave it to them, so that no result depends on them.
"""

from feedpub.workers.cluster import connect, ensure_address, ensure_url
from feedpub.workers.processes import start_processes
from feedpub.workers.workers import LostError, Workers

__all__ = ["LostError", "Workers", "connect", "ensure_address", "ensure_url", "start_processes"]
