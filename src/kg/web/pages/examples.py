"""The named questions as SIB publishes examples in RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.iris import PREFIXES, term
from kg.rdf.quads import text
from kg.store.queryable import named_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.sparql.rq_file import RqFile
    from kg.web.site import Site

__all__ = ["example_triples", "query_body"]


def query_body(question: RqFile) -> str:
    """Return the SPARQL of a question without the comment that describes it."""
    lines = question.text.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


def example_triples(site: Site) -> Iterator[Triple]:
    """Yield the named questions as SIB's examples: ``sh:SPARQLExecutable`` with ``spex:`` terms.

    Source: https://github.com/sib-swiss/sparql-examples.
    """
    keyword, target = (
        NamedNode("https://schema.org/keywords"),
        NamedNode("https://schema.org/target"),
    )
    prefixes = NamedNode(site.absolute("/prefixes"))
    for question in named_questions():
        node = NamedNode(site.absolute(f"/queries/{question.name}"))
        form = "construct" if "CONSTRUCT" in question.text else "select"
        yield Triple(node, term("rdf:type"), term("sh:SPARQLExecutable"))
        yield Triple(node, term("rdf:type"), term(f"sh:SPARQL{form.capitalize()}Executable"))
        for language, words in question.title.items():
            yield Triple(node, term("rdfs:label"), text(words, language))
        for language, words in question.description.items():
            yield Triple(node, term("rdfs:comment"), text(words, language))
        yield Triple(node, term(f"sh:{form}"), Literal(query_body(question)))
        yield Triple(node, term("sh:prefixes"), prefixes)
        yield Triple(node, target, NamedNode(site.absolute("/sparql")))
        for tag in question.tags:
            yield Triple(node, keyword, Literal(tag))
    for prefix, namespace in PREFIXES.items():
        declaration = NamedNode(site.absolute(f"/prefixes#{prefix}"))
        yield Triple(prefixes, term("sh:declare"), declaration)
        yield Triple(declaration, term("sh:prefix"), Literal(prefix))
        yield Triple(
            declaration, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI"))
        )
