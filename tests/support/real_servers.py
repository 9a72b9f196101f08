"""SPARQL servers as processes of their own, on free ports of the loopback, in empty folders."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examples import ROOT
from programs import Program, missing, need

from kg.errors import QueryError
from kg.remote.connect import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JAVA = Path("/usr/share/java")
PATIENCE = 300.0
SERVERS_REQUIRED = Program.VIRTUOSO.variable


@dataclass(frozen=True)
class Server:
    """A server that runs: what it is asked and written at, and what it is known to lose."""

    name: str
    query: str
    gsp: str
    update: str
    #: Names and password, as the environment has them.
    login: dict[str, str]
    #: Digits after the point of a decimal that it keeps; ``None``: all.
    places: int | None = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def oxigraph_command() -> str:
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else need(Program.OXIGRAPH)


def oxigraph(_folder: Path) -> tuple[Server, list[str]]:
    base = f"http://127.0.0.1:{(port := free_port())}"
    return (
        Server("oxigraph", f"{base}/query", f"{base}/store", f"{base}/update", {}),
        [oxigraph_command(), "serve", "--bind", f"127.0.0.1:{port}"],
    )


VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000
"""


def virtuoso(folder: Path) -> tuple[Server, list[str]]:
    command = need(Program.VIRTUOSO)
    port = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(sql=free_port(), http=port))
    base = f"http://127.0.0.1:{port}"
    return (
        Server(
            "virtuoso",
            f"{base}/sparql",
            f"{base}/sparql-graph-crud-auth",
            f"{base}/sparql-auth",
            # A new database of Virtuoso has this user.
            {"QAWL_ENDPOINT_USER": "dba", "QAWL_ENDPOINT_PASSWORD": "dba"},
            places=15,
        ),
        [command, "+foreground", "+wait", "+configfile", str(ini)],
    )


def jena(folder: Path) -> tuple[Server, list[str]]:
    if not (JAVA / "jena-arq.jar").is_file():
        missing("Jena is not installed", "apt install libapache-jena-java", SERVERS_REQUIRED)
    need(Program.JAVA, SERVERS_REQUIRED)
    if importlib.util.find_spec("jpype") is None:
        missing("Jena needs jpype1", "pip install jpype1", SERVERS_REQUIRED)
    base = f"http://127.0.0.1:{(port := free_port())}"
    script = str(Path(__file__).with_name("jena_server.py"))
    return (
        Server("jena", f"{base}/query", f"{base}/data", f"{base}/update", {}),
        [sys.executable, script, str(port), str(folder)],
    )


SERVERS: dict[str, Callable[[Path], tuple[Server, list[str]]]] = {
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
    "jena": jena,
}


@contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """Start a server, wait until it answers, and end it: its own process and no other."""
    server, command = SERVERS[name](folder)
    log = folder / "output"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        wait_for(server, process, log)
        yield server
    finally:
        process.kill()
        process.wait(30)


def wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connect(server.query, default_graph="server").sparql("ASK { }")
        except QueryError as error:
            if process.poll() is not None or time.monotonic() > end:
                said = log.read_text(errors="replace")[-2000:]
                pytest.fail(f"{server.name} does not answer ({error}); it said: {said}")
            time.sleep(0.1)
        else:
            return


def environment(server: Server, **more: str) -> dict[str, str]:
    """Return the environment of a command: that of the tests, and the login of a server."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("QAWL_")}
    return {
        **inherited,
        **server.login,
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "120",
        "NO_PROXY": "127.0.0.1",
        **more,
    }
