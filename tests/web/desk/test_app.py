"""The desk as a page uses it: decisions on disk, what is refused, what others have changed."""

from __future__ import annotations

import re
import resource
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from desk_process import running_desk, without_override
from desk_world import READINGS, draft_of
from examples import TEXT, Workspace, small_workspace, write_article

from kg.reading.file import load_reading
from kg.web.desk.app import DeskPages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desk_process import RunningDesk

OWN = f"{READINGS}/lina-haddad.yaml"
ACCEPT = {"does": "accept", "claim": "drowned"}


@dataclass
class OneArticle:
    """An article of its own on a desk that other tests use, too."""

    desk: RunningDesk
    slug: str
    path: Path

    @property
    def client(self) -> httpx.Client:
        return self.desk.client

    def state(self) -> dict[str, Any]:
        return self.desk.state(self.slug)

    def decide(self, decision: dict[str, Any], saw: str | None = None) -> httpx.Response:
        return self.desk.decide(decision, self.slug, saw)

    def claims(self) -> list[str]:
        reading = f"<https://w3id.org/qawl/id/reading/{self.slug}/lina-haddad>"
        self.desk.until_fresh(self.slug)
        return self.desk.ask(f"SELECT ?c {{ ?c qawl:inReading {reading} ; a qawl:Claim }}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    workspace = small_workspace(tmp_path_factory.mktemp("desk"))
    draft_of(workspace)
    with running_desk(workspace.graph, "flood") as found:
        yield found


@pytest.fixture
def desk(running: RunningDesk, request: pytest.FixtureRequest) -> OneArticle:
    graph = running.graph
    slug = re.sub("[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:90]
    draft = (graph / READINGS / "rules.yaml").read_text(encoding="utf-8")
    write_article(graph, slug, TEXT, draft.replace("article: flood", f"article: {slug}"))
    folder = graph / "articles" / slug / "readings"
    (folder / "curated.yaml").rename(folder / "rules.yaml")
    return OneArticle(running, slug, folder / "lina-haddad.yaml")


def test_a_decision_is_in_the_file_the_answer_and_the_endpoint(desk: OneArticle) -> None:
    assert DeskPages.__doc__
    assert desk.claims() == []
    answer = desk.decide(ACCEPT)
    assert answer.status_code == 200
    decisions = load_reading(desk.path).reading.decisions
    assert decisions is not None
    assert decisions.accepted == ("drowned",)
    assert answer.json()["counts"]["accepted"] == 1
    [claim] = desk.claims()
    assert claim.endswith(f"{desk.slug}/lina-haddad/drowned")
    assert desk.desk.undo(desk.slug).json()["counts"]["accepted"] == 0
    assert desk.claims() == []


def test_a_fault_is_told_at_its_field_and_nothing_is_written(desk: OneArticle) -> None:
    answer = desk.decide({"does": "edit", "claim": "drowned", "changes": {"unit": "parsecs"}})
    assert answer.status_code == 422
    assert answer.json()["part"] == "claims.drowned"
    assert answer.json()["field"] == "unit"
    assert not (desk.path).exists()


def test_what_is_invalid_in_the_graph_is_told_and_not_served(desk: OneArticle) -> None:
    desk.decide(ACCEPT)
    assert len(desk.claims()) == 1
    desk.decide({"does": "edit", "claim": "drowned", "changes": {"upper": "5"}})
    graph: dict[str, Any] = {"state": "building"}
    while graph["state"] == "building":
        graph = desk.client.get(f"/desk/{desk.slug}/now").json()["graph"]
    assert graph["state"] == "invalid"
    assert (graph["faults"][0]["part"], graph["faults"][0]["field"]) == ("claims.drowned", "value")
    values = "SELECT ?v { ?q a qawl:Quantity ; qawl:upper ?v }"
    assert "5" not in desk.desk.ask(values)


def test_a_change_by_an_editor_is_told_with_both_sides(desk: OneArticle) -> None:
    seen = desk.decide(ACCEPT).json()["sha256"]
    path = desk.path
    text = path.read_text(encoding="utf-8").replace("# the second", "# an editor was here")
    path.write_text(text, encoding="utf-8")
    answer = desk.decide({"does": "reject", "claim": "drowned-by-agency"}, saw=seen)
    assert answer.status_code == 409
    lines = [line for line in answer.json()["difference"] if line[0] in "+-"]
    assert lines == [["-", "  # the second"], ["+", "  # an editor was here"]]
    assert path.read_text(encoding="utf-8") == text
    assert desk.decide({"does": "accept", "claim": "drowned-by-agency"}).status_code == 200
    assert "# an editor was here" in path.read_text(encoding="utf-8")


def test_two_browsers_at_once_lose_nothing(desk: OneArticle) -> None:
    seen = desk.decide(ACCEPT).json()["sha256"]
    move = {"does": "move", "claim": "drowned-by-agency", "way": "outward"}
    first, second = desk.decide(move, saw=seen), desk.decide({**ACCEPT, "does": "reject"}, saw=seen)
    assert (first.status_code, second.status_code) == (200, 409)
    decisions = load_reading(desk.path).reading.decisions
    assert decisions is not None
    assert (decisions.accepted, decisions.changed) == (("drowned",), ("drowned-by-agency",))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"host": "evil.example"}, 421),
        ({"qawl-token": ""}, 403),
        ({"qawl-token": "guessed"}, 403),
        ({"content-type": "text/plain"}, 415),
    ],
)
def test_others_may_not_decide(desk: OneArticle, headers: dict[str, str], status: int) -> None:
    body = {"saw": desk.state()["sha256"], "decision": ACCEPT}
    answer = desk.client.post(f"/desk/{desk.slug}/decide", json=body, headers=headers)
    assert answer.status_code == status
    assert not (desk.path).exists()


def test_nothing_is_written_by_get_and_no_page_can_be_framed(desk: OneArticle) -> None:
    for path in ("decide", "undo", "draft"):
        assert desk.client.get(f"/desk/{desk.slug}/{path}").status_code == 404
    assert desk.client.put(f"/desk/{desk.slug}/decide", json={}).status_code == 405
    assert not (desk.path).exists()
    for path in ("/desk", "/desk/flood", "/desk/flood/state", "/"):
        answer = desk.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "access-control-allow-origin" not in answer.headers
        assert "set-cookie" not in answer.headers
    assert httpx.get(f"{desk.desk.url}/", headers={"host": "evil.example"}).status_code == 421
    preflight = desk.client.options(
        f"/desk/{desk.slug}/decide",
        headers={"origin": "http://evil.example", "access-control-request-method": "POST"},
    )
    assert not any(name.startswith("access-control") for name in preflight.headers)


def test_what_is_not_there_is_told(desk: OneArticle) -> None:
    answer = desk.client.get("/desk/floot/state")
    assert answer.status_code == 404
    assert "did you mean flood" in answer.json()["error"]
    assert desk.client.post(f"/desk/{desk.slug}/decide", content=b"{").status_code == 415
    headers = {"content-type": "application/json"}
    assert (
        desk.client.post(f"/desk/{desk.slug}/decide", content=b"{", headers=headers).status_code
        == 400
    )
    assert (
        desk.client.post(f"/desk/{desk.slug}/decide", content=b"[]", headers=headers).status_code
        == 400
    )


def test_a_full_disk_is_told_and_nothing_is_lost(workspace: Workspace) -> None:
    draft_of(workspace)
    with running_desk(workspace.graph, "flood") as desk:
        seen = desk.decide(ACCEPT)
        path = workspace.graph / OWN
        text, log = path.read_bytes(), path.with_suffix(".decisions.jsonl").read_bytes()
        # The kernel refuses what would make a file longer than this, as on a full disk.
        resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (len(log) + 10, -1))
        answer = desk.decide(
            {"does": "accept", "claim": "drowned-by-agency"}, saw=seen.json()["sha256"]
        )
        assert answer.status_code == 507
        assert "nothing was changed" in answer.json()["error"]
        assert path.read_bytes() == text
        assert path.with_suffix(".decisions.jsonl").read_bytes() == log
        resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (-1, -1))
        assert desk.decide({"does": "accept", "claim": "drowned-by-agency"}).status_code == 200


def test_a_read_only_folder_is_told(workspace: Workspace) -> None:
    draft_of(workspace)
    folder = workspace.graph / READINGS
    folder.chmod(0o555)
    with running_desk(workspace.graph, "flood", preexec_fn=without_override) as desk:
        answer = desk.decide(ACCEPT)
        assert answer.status_code == 403
        assert "Permission denied" in answer.json()["error"]
        assert desk.state()["counts"]["open"] == 2
    folder.chmod(0o755)
    assert [path.name for path in folder.iterdir()] == ["rules.yaml"]
