"""Whose claims the server answers with: persons', unless it or a request asks for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import patient_http
import pytest
from examples import READING, Workspace
from server_process import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server_process import Server

COUNT = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a qawl:Claim }"


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    import kg

    by_rules = READING.replace("{name: A reader, kind: person}", "{name: The rules, kind: rules}")
    workspace.reading.with_name("rules.yaml").write_text(by_rules, encoding="utf-8")
    kg.build(workspace.graph, workspace.graph.parent / ".qawl")
    with serving(cwd=workspace.graph.parent) as one:
        yield one


def rows(server: Server, **parameters: str) -> int:
    answer = patient_http.get(f"{server.url}/queries/claims.csv", params=parameters)
    assert answer.status_code == 200, answer.text
    return len(answer.text.splitlines()) - 1


def test_a_question_can_ask_for_other_readers(server: Server) -> None:
    assert rows(server) == 2
    assert rows(server, readers="person") == 2
    assert rows(server, readers="rules") == 2
    assert rows(server, readers="all") == 4
    assert rows(server, readers="model") == 0
    refused = patient_http.get(f"{server.url}/queries/claims.csv", params={"readers": "everybody"})
    assert refused.status_code == 400
    assert refused.text == (
        "readers=everybody: use one of person, rules, model, all, or leave it out\n"
    )


def test_the_form_and_the_description_offer_it(server: Server) -> None:
    page = patient_http.get(
        f"{server.url}/queries/claims",
        params={"readers": "rules"},
        headers={"accept": "text/html"},
    )
    assert "<option selected>rules</option>" in page.text
    described = patient_http.get(f"{server.url}/openapi.json").json()
    names = [one["name"] for one in described["paths"]["/queries/sums"]["get"]["parameters"]]
    assert names == ["mode", "readers"]


def test_a_query_sees_persons_claims_unless_it_names_a_reading(server: Server) -> None:
    def count(query: str) -> str:
        answer = patient_http.get(
            f"{server.url}/sparql", params={"query": query}, headers={"accept": "text/csv"}
        )
        return answer.text.split()[1]

    assert count(COUNT) == "2"
    named = COUNT.replace("WHERE", "FROM <https://w3id.org/qawl/id/reading/flood/rules> WHERE")
    assert count(named) == "2"
