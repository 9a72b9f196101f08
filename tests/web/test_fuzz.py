"""Requests that nobody would write: whatever comes, there is an answer, and the server lives."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from server_process import Server

@pytest.fixture(scope="module")
def api(shipped_server: Server):
    return schemathesis.openapi.from_url(f"{shipped_server.url}/openapi.json")

schema = schemathesis.pytest.from_fixture("api")

@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_what_openapi_says(case: schemathesis.Case) -> None:
    case.call_and_validate()
