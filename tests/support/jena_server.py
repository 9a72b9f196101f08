"""Jena's own query engine, ARQ, behind a small HTTP front: Debian's Jena comes without Fuseki.

``python jena_server.py PORT FOLDER`` serves an empty dataset in memory on the loopback: ``/query``
(SPARQL 1.1 Protocol, with its dataset parameters), ``/update`` and ``/data`` (Graph Store HTTP
Protocol), as Fuseki names them. Jena's are parsing, answering, updating and the formats; not Jena's
is HTTP.
"""

from __future__ import annotations

import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jpype

JARS = Path("/usr/share/java")
NAMES = [
    "jena-arq", "jena-base", "jena-core", "jena-iri", "commons-cli", "commons-codec",
    "commons-compress", "commons-csv", "commons-io", "commons-lang3", "dexx.collection",
    "gson", "guava", "httpclient", "httpcore", "jackson-core", "jackson-databind",
    "jackson-annotations", "jsonld-java", "titanium-json-ld", "protobuf", "slf4j-api",
    "slf4j-nop", "thrift",
]  # fmt: skip
# Debian's jar has Xerces under the package's own name but its messages under another.
XERCES = "org/apache/jena/ext/xerces/"


def class_path(folder: Path) -> list[str]:
    """Return the class path, with Xerces' messages unpacked to where they are looked for."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(XERCES) and name.endswith(".properties"):
                target = folder / "xerces" / name.removeprefix(XERCES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return [str(folder), *(str(JARS / f"{name}.jar") for name in NAMES)]


class Jena:
    """A dataset of Jena's, one transaction a request."""

    def __init__(self) -> None:
        of = jpype.JClass
        self.bytes_out = of("java.io.ByteArrayOutputStream")
        self.bytes_in = of("java.io.ByteArrayInputStream")
        self.formatter = of("org.apache.jena.query.ResultSetFormatter")
        self.manager = of("org.apache.jena.riot.RDFDataMgr")
        self.lang = of("org.apache.jena.riot.Lang")
        self.modes = of("org.apache.jena.query.ReadWrite")
        self.queries = of("org.apache.jena.query.QueryFactory")
        self.executions = of("org.apache.jena.query.QueryExecutionFactory")
        self.description = of("org.apache.jena.sparql.core.DatasetDescription")
        self.dynamic = of("org.apache.jena.sparql.core.DynamicDatasets")
        self.updates = of("org.apache.jena.update.UpdateAction")
        self.models = of("org.apache.jena.rdf.model.ModelFactory")
        self.dataset = of("org.apache.jena.query.DatasetFactory").createTxnMem()

    def answer(self, text: str, default: list[str], named: list[str]) -> tuple[str, bytes]:
        """Answer a query; the IRIs of graphs are those of the protocol's parameters."""
        query = self.queries.create(text)
        self.dataset.begin(self.modes.READ)
        try:
            dataset = self.dataset
            if default or named:
                wanted = self.description.create(
                    jpype.java.util.ArrayList(default), jpype.java.util.ArrayList(named)
                )
                dataset = self.dynamic.dynamicDataset(wanted, dataset, False)
            execution = self.executions.create(query, dataset)
            out = self.bytes_out()
            if query.isConstructType() or query.isDescribeType():
                model = (
                    execution.execConstruct()
                    if query.isConstructType()
                    else execution.execDescribe()
                )
                self.manager.write(out, model, self.lang.NTRIPLES)
                return "application/n-triples", bytes(out.toByteArray())
            if query.isAskType():
                self.formatter.outputAsJSON(out, jpype.JBoolean(execution.execAsk()))
            else:
                self.formatter.outputAsJSON(out, execution.execSelect())
            return "application/sparql-results+json", bytes(out.toByteArray())
        finally:
            self.dataset.end()

    def change(self, action: Any) -> None:
        """Do something to the dataset in a transaction."""
        self.dataset.begin(self.modes.WRITE)
        try:
            action()
            self.dataset.commit()
        finally:
            self.dataset.end()

    def update(self, text: str) -> None:
        self.change(lambda: self.updates.parseExecute(text, self.dataset))

    def replace(self, graph: str, content: bytes) -> None:
        model = self.models.createDefaultModel()
        self.manager.read(model, self.bytes_in(content), self.lang.NTRIPLES)
        self.change(lambda: self.dataset.replaceNamedModel(graph, model))

    def remove(self, graph: str) -> None:
        self.change(lambda: self.dataset.removeNamedModel(graph))


class Handler(BaseHTTPRequestHandler):
    """The three addresses."""

    jena: Jena

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_request(self) -> None:
        path, given = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            for name, values in parse_qs(body.decode()).items():
                given.setdefault(name, []).extend(values)
        try:
            status, kind, content = self.done(path, given, body)
        except jpype.JException as error:
            status, kind, content = 400, "text/plain", str(error.getMessage()).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = handle_request  # noqa: N815

    def done(self, path: str, given: dict[str, list[str]], body: bytes) -> tuple[int, str, bytes]:
        if path == "/query" and self.command in {"GET", "POST"} and "query" in given:
            default, named = given.get("default-graph-uri", []), given.get("named-graph-uri", [])
            return 200, *self.jena.answer(given["query"][0], default, named)
        if path == "/update" and self.command == "POST" and "update" in given:
            self.jena.update(given["update"][0])
            return 204, "text/plain", b""
        if path == "/data" and self.command == "PUT" and "graph" in given:
            self.jena.replace(given["graph"][0], body)
            return 204, "text/plain", b""
        if path == "/data" and self.command == "DELETE" and "graph" in given:
            self.jena.remove(given["graph"][0])
            return 204, "text/plain", b""
        return 404, "text/plain", b"no such service"


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    jpype.startJVM(classpath=class_path(folder))
    Handler.jena = Jena()
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
