"""Configuration of the servers and hosts of others for a publication, one module each, by the name that a user gives.

Everything here is text: nothing is read, nothing written, and no server is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.hosting.apache import write_apache
from feedpub.hosting.caddy import write_caddy
from feedpub.hosting.cloudflare import write_cloudflare
from feedpub.hosting.hosting import Choices, HostedDocument, Hosting, describe_site
from feedpub.hosting.netlify import write_netlify
from feedpub.hosting.nginx import write_nginx

if TYPE_CHECKING:
    from collections.abc import Callable

SERVERS: dict[str, Callable[[Hosting, Choices], dict[str, str]]] = {
    "nginx": write_nginx,
    "caddy": write_caddy,
    "netlify": write_netlify,
    "cloudflare": write_cloudflare,
    "apache": write_apache,
}
"""What writes the configuration of each server: its files, text by name."""

__all__ = ["SERVERS", "Choices", "HostedDocument", "Hosting", "describe_site"]
