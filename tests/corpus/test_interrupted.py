"""A build that is killed or has no room leaves what was there, and goes on when it is run again."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from small_corpus import MADE, contents, kg_command, many_texts, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.home import CorpusHome
from kg.store.builds import current_build, open_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

#: What a build leaves in the folder of a corpus, besides the builds themselves.
LEFT = {
    "corpus.json",
    "current",
    "lock",
    "parts",
    "relations",
    "refused.jsonl",
    "state.json",
    "tables",
}


def _command(source: Path, folder: Path, workers: int = 2) -> tuple[object, ...]:
    return ("corpus", "build", source, "-o", folder, "--made", MADE, "--workers", workers)


def _lines(folder: Path) -> set[str]:
    return {str(quad) for quad in open_store(folder)}


def _check_unbroken(folder: Path, wanted: set[str]) -> None:
    """Make sure that whoever opens the store now finds the whole graph, or none yet."""
    if (folder / "current").exists():
        current_build(folder).check_files()
        assert _lines(folder) == wanted


def _entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith("build-")}


def test_killed_at_thirty_moments_it_goes_on_and_ends_whole(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", many_texts(100))
    build_corpus(add_source(tmp_path / "whole", source, {}, MADE))
    wanted, graph = contents(tmp_path / "whole"), _lines(tmp_path / "whole")
    folder, chance = tmp_path / "killed", random.Random(11)  # noqa: S311
    span, kills = 4.0, 0
    while kills < 30:
        process = kg_command(*_command(source, folder))
        try:
            process.communicate(timeout=chance.uniform(0.0, span))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            _check_unbroken(folder, graph)
            continue
        # It came to its end before it could be killed: build it anew, and kill it earlier.
        assert process.returncode == 0
        assert contents(folder) == wanted
        folder, span = tmp_path / f"killed-{kills}", span * 0.8
    process = kg_command(*_command(source, folder))
    process.communicate()
    assert process.returncode == 0
    assert contents(folder) == wanted
    assert _lines(folder) == graph
    assert _entries(folder) == LEFT


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", many_texts(200))
    build_corpus(add_source(tmp_path / "whole", source, {}, MADE), load=False)
    folder = tmp_path / "c"
    process = kg_command(*_command(source, folder), "--no-load")
    pause = threading.Event()
    while not list(folder.glob("parts/[01]*")):
        assert process.poll() is None
        pause.wait(0.02)
    children = subprocess.run(
        ["pgrep", "-f", "multiprocessing.forkserver"], capture_output=True, text=True, check=False
    ).stdout.split()
    mine = [pid for pid in map(int, children) if _ancestor(pid, process.pid)]
    workers = [pid for pid in mine if _parent(pid) in mine]
    assert workers
    for pid in workers[:1]:
        signal.pidfd_send_signal(_handle(pid), signal.SIGKILL)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    assert contents(folder) == contents(tmp_path / "whole")


def _handle(pid: int) -> int:
    import os

    return os.pidfd_open(pid)


def _parent(pid: int) -> int:
    from pathlib import Path

    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _ancestor(pid: int, wanted: int) -> bool:
    while pid > 1:
        if pid == wanted:
            return True
        pid = _parent(pid)
    return False


@pytest.mark.parametrize("room", [2_000, 60_000, 300_000])
def test_a_full_disk_leaves_the_previous_corpus(tmp_path: Path, room: int) -> None:
    """No file may grow over a limit, which is what a full disk looks like to us."""
    texts = many_texts(40)
    source = write_jsonl(tmp_path / "a.jsonl", dict(list(texts.items())[:2]))
    folder = tmp_path / "c"
    build_corpus(add_source(folder, source, {}, MADE))
    before, kept = _lines(folder), CorpusHome.open(folder).state()
    write_jsonl(source, texts)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process = kg_command(*_command(source, folder, 1), preexec_fn=limit)
    _, errors = process.communicate()
    assert process.returncode == 2
    assert b"Make room" in errors or b"cannot be written" in errors
    assert b"Traceback" not in errors
    assert _lines(folder) == before
    assert CorpusHome.open(folder).state() == kept
    report = build_corpus(CorpusHome.open(folder))
    assert report.counts.articles == 40
    assert not list(folder.glob(".*"))
