"""The OpenAPI description: every page's JSON is as it says, and what is made up from it is answered in kind."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from diurna.ledger.store import Ledger
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.web.asking import json_of, token_of
from tests.web.serving import pages_of

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing: pip install '.[dev]'")
pytest.importorskip("schemathesis.checks")
jsonschema_rs = pytest.importorskip("jsonschema_rs")
from hypothesis import HealthCheck, given, settings  # noqa: E402

CHECKS = [
    getattr(schemathesis.checks, name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance",
    )
]  # fmt: skip
"""What every answer must keep to. Which words a search or a moment may be made of no schema says, so that what it lets
through may still be refused."""

EXAMPLES = int(os.environ.get("DIURNA_API_EXAMPLES", "12"))
"""Made-up requests an address; by hand a few hundred."""


@pytest.fixture(scope="module")
def kept(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "copy.db"
    with Ledger(demo_ledger) as ledger:
        ledger.backup(path)
    return path


@pytest.fixture(scope="module")
def visitor(kept: Path) -> Iterator[TestClient]:
    app = create_app(RoomOptions(str(kept), by="ana", engine="rules", fetch=nothing_is_fetched))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as one:
        yield one


def nothing_is_fetched(address: str, seen: object = None) -> Any:
    from diurna.errors import FetchError

    raise FetchError("tests fetch nothing", address)


def described(visitor: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = visitor.get("/openapi.json").json()
    return found


def test_every_page_has_a_schema_and_every_schema_a_page(visitor: TestClient) -> None:
    made = described(visitor)
    shown = {
        path: operations["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
        for path, operations in made["paths"].items()
        if "get" in operations
    }
    assert {path for path, schema in shown.items() if "$ref" not in schema} == {"/login", "/charts/{name}"}
    for path, operations in made["paths"].items():
        for operation in operations.values():
            assert "422" not in operation["responses"], path
            assert operation["summary"], path


@pytest.mark.parametrize("at", range(24))
def test_the_json_of_every_page_is_as_described(visitor: TestClient, kept: Path, at: int) -> None:
    pages = [(name, path) for name, path in pages_of("", kept) if name != "missing"]
    name, path = pages[at]
    made = described(visitor)
    ref = operation_of(made, path.partition("?")[0])["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.Draft202012Validator({**ref, "components": made["components"]})
    told = json_of(visitor, path)
    faults = [f"{list(one.instance_path)}: {one.message}"[:300] for one in validator.iter_errors(told)]
    assert not faults, (name, faults[:5])
    assert set(told) == set(made["components"]["schemas"][ref["$ref"].rpartition("/")[2]]["properties"])


def operation_of(made: dict[str, Any], path: str) -> dict[str, Any]:
    """The operation a path belongs to."""
    import re

    for shape, operations in sorted(made["paths"].items(), key=lambda one: one[0].count("{")):
        if "get" in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", shape), path):
            found: dict[str, Any] = operations["get"]
            return found
    raise AssertionError(path)


class Asking:
    """Asks what schemathesis made up. Two in three requests name records there are, and forms bring their word, so that
    they reach what is behind."""

    def __init__(self, visitor: TestClient) -> None:
        self.visitor, self.turn, self.statuses = visitor, itertools.count(), Counter[int]()
        reports = [one["id"] for one in json_of(visitor, "/reports")["reports"]][:4]
        gaps = [one["id"] for one in json_of(visitor, "/gaps?state=all")["gaps"]][:4]
        records = [one["id"] for one in json_of(visitor, f"/reports/{reports[0]}")["statements"]][:4]
        self.known = {
            "report": reports, "gap": gaps, "record": [*records, *gaps],
            "name": [one["name"] for one in json_of(visitor, "/actors")["actors"]][:4],
            "story": [one["id"] for one in json_of(visitor, "/stories")["stories"]][:4],
        }  # fmt: skip
        self.token = token_of(visitor)

    def ask(self, case: Any) -> None:
        if next(self.turn) % 3:
            for values in (case.path_parameters, case.body if isinstance(case.body, dict) else None):
                for name in set(values or ()) & set(self.known):
                    values[name] = self.known[name][next(self.turn) % len(self.known[name])]
        if isinstance(case.body, dict):
            case.body = {**case.body, "token": self.token}
        case.headers = {**dict(case.headers or {}), **({"Accept": "application/json"} if next(self.turn) % 2 else {})}
        case.cookies = dict(self.visitor.cookies)
        answered = case.call(base_url="http://localhost")
        assert answered.status_code < 500, (case.as_curl_command(), answered.text[:300])
        self.statuses[answered.status_code] += 1
        case.validate_response(answered, checks=CHECKS)


def test_whatever_is_asked_is_answered_as_described(visitor: TestClient) -> None:
    asking = Asking(visitor)
    api = schemathesis.openapi.from_dict(described(visitor))
    api.app = visitor.app
    operations = [one.ok() for one in api.get_all_operations()]
    assert len(operations) > 25
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            asking.ask(case)

        asked()
    assert {200, 303, 400, 404} <= set(asking.statuses), asking.statuses
