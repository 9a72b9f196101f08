"""What is said of a rule is what its query does: every guard is told, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS

from kg.sparql.rq_file import load_rq

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "queries" / "rules").glob("*.rq"))
VOCABULARY = rdflib.Graph().parse(ROOT / "ontology" / "vocab" / "rule.ttl")

#: What of a query makes a guard, and the words that tell it in English and in Arabic.
GUARDS = {
    "qawl:under": ("condition", "شرط"),
    "qawl:alternativeTo": ("readings of the same words", "القراءتان للألفاظ نفسها"),
    "speechact:forecast speechact:promise": ("forecast, promise", "التوقع ولا الوعد"),
    "qawl:doubtful": ("doubtful", "المشكوك في"),
    "qawl:garbled": ("garbled", "المشوَّه"),
    "qawl:emendedEdtf": ("emends", "صححه القارئ"),
    "qawl:priceYear": ("in the prices of one year", "بأسعار سنة واحدة"),
    "qawl:counts ?": ("things of one kind", "لمعدود من نوع واحد"),
    "stance:certainly-not) ||": ("certain, or both are probable", "قاطعا أو كلاهما مرجحا"),
    "qawl:possibleVoice": ("the voice open", "الصوت مفتوحا"),
    "/a qawl:UnnamedActor .\n": ("does not name its innermost speaker", "لم يسمّ المتكلم الأقرب"),
}  # fmt: skip


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_description_tells_the_guards_of_its_query(path: Path) -> None:
    rule = load_rq(path)
    body = "".join(line for line in rule.text.splitlines(True) if not line.startswith("#"))
    guards = {name for name in GUARDS if name in body}
    for place, language in enumerate(("en", "ar")):
        told = rule.description[language].lower()
        assert {name for name, words in GUARDS.items() if words[place] in told} == guards
        if "qawl:approximate" in body:  # a query can also do without: an "about" has no days
            assert ("about", "نحو")[place] in told


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_the_concept_of_a_rule_is_defined_as_its_query_is_described(path: Path) -> None:
    concept = rdflib.URIRef(f"https://w3id.org/qawl/vocab/rule/{path.stem}")
    definitions = {
        one.language: str(one)
        for one in VOCABULARY.objects(concept, SKOS.definition)
        if isinstance(one, rdflib.Literal)
    }
    assert definitions == dict(load_rq(path).description)


def test_every_rule_has_a_concept_and_every_concept_a_rule() -> None:
    scheme = rdflib.URIRef("https://w3id.org/qawl/vocab/rule")
    concepts = {str(one).rpartition("/")[2] for one in VOCABULARY.subjects(SKOS.inScheme, scheme)}
    assert concepts == {path.stem for path in RULES}
