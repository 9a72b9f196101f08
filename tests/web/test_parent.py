"""A process ends with the one that started it, however that one ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from examples import ROOT

from kg.web.parent import die_with_parent

CHILD = """
import signal
from kg.web.parent import die_with_parent
die_with_parent()
print("ready", flush=True)
signal.pause()
"""
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a process of its parent's end"
)
def test_a_child_ends_when_its_parent_is_killed() -> None:
    assert die_with_parent.__doc__
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        parent.kill()
        # The child has the other end of this pipe: it is closed when the child has ended.
        assert parent.stdout.read() == b""
