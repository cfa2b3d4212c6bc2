"""Small things the tests ask of pages."""

from __future__ import annotations

import re
from typing import Any

from fastapi.testclient import TestClient


def token_of(client: TestClient, path: str = "/") -> str:
    """The word forms of this page bring."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found.group(1)


def json_of(client: TestClient, path: str) -> Any:
    """A page as JSON."""
    got = client.get(path, headers={"Accept": "application/json"})
    assert got.status_code == 200, got.text
    return got.json()


def a_gap(client: TestClient) -> str:
    """The id of a gap."""
    return str(json_of(client, "/gaps")["gaps"][0]["id"])
