"""What is raised for a task that nobody did: apart from what does tasks, which takes 20 ms to load."""

from __future__ import annotations


class LostError(Exception):
    """A task did not come back: whoever gave it away has to do it."""
