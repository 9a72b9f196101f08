"""Queries that ask another server, in whatever disguise the word SERVICE wears."""

from __future__ import annotations

from pyoxigraph import Store

from kg.rdf.iris import PREFIXES

# Each of these asks another server, or would in a parser that reads escapes first.
DISGUISES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { sErViCe<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\n SILENT # and one\n <URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    # What looks like an IRI and a string to a lexer is a comparison and another string.
    "SELECT * { ?s ?p ?o FILTER(?s<'>') SERVICE <URL> { } FILTER(?s='') }",
    "SELECT * { ?s ?p ?o FILTER(?s<'#>') SERVICE <URL> { } }",
    "SELECT * { ?s ?p \"\"\" ''' \"\"\" SERVICE <URL> { ?a ?b ''' \"\"\" ''' } }",
    'SELECT * { ?s ?p ?o } # " \n VALUES ?service { 1 }'.replace(
        "?o }", "?o SERVICE <URL> { ?a ?b 'service' } }"
    ),
    'SELECT * { ?s ?p ?o . # \\u000A """\n SERVICE <URL> { ?a ?b ?c } # """\n }',
    'SELECT * { VALUES ?x { # \\u005Cu000A """\n } SERVICE <URL> {} VALUES ?y { # """\n } }',
    "ASK{SERVICE<a:>{}}",
    "PREFIX service: <URL> SELECT * { SERVICE service: { service:service ?p 'SERVICE' } }",
    # A relative IRI is read by those alone who have a base.
    "SELECT * { <a> <b> <c> . SERVICE <URL> { ?s ?p ?o } }",
    "BASE <//x/> SELECT * { <a> <b> <c> . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE <relative> { ?s ?p ?o } }",
]

ESCAPED = [
    "SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u005CU00000053ERVICE <URL> { ?s ?p ?o } }",
]


def reads(text: str) -> bool:
    """Whether the parser reads a query to its end; what it would answer is not asked."""
    try:
        Store().query(text, base_iri="http://example.org/", prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):  # a server that is not there, a function that is not known
        return True
    return True
