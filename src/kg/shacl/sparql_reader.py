"""Reading SPARQL constraints from a shapes graph (sections 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.shacl.prebinding import SHAPES_GRAPH, PreboundQuery
from kg.shacl.sparql_components import AskComponent, SelectConstraint
from kg.shacl.vocabulary import sh, xsd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.shacl.columns import Columns
    from kg.shacl.model import Constraint
    from kg.shacl.paths import Path
    from kg.shacl.vocabulary import Node, Term

__all__ = ["Component", "component_constraints", "messages", "read_components", "sparql_constraint"]

_OWL_IMPORTS: Final = NamedNode("http://www.w3.org/2002/07/owl#imports")
_SELECT: Final = sh("select")
_ASK: Final = sh("ask")
_TRUE: Final = Literal("true", datatype=xsd("boolean"))
_SPARQL_COMPONENT: Final = sh("SPARQLConstraintComponent")


def sparql_constraint(
    graph: Columns, shape: Node, source: Term, path: Path | None, show: Callable[[Term], str]
) -> SelectConstraint | None:
    """Read a ``sh:sparql`` constraint; ``None`` if it is deactivated."""
    if isinstance(source, Literal):
        raise ShapesError(f"sh:sparql takes a node, but {source} is a literal; correct it")
    if _TRUE in graph.values(source, sh("deactivated")):
        return None
    query = PreboundQuery.prepare(
        _text(graph, source, _SELECT),
        str(source),
        _prefixes(graph, source),
        constants=_surroundings(shape),
        path=_path_text(path),
    )
    return SelectConstraint(_SPARQL_COMPONENT, query, messages(graph, source), source, show)


def _surroundings(shape: Node) -> dict[str, Term]:
    return {"currentShape": shape, "shapesGraph": SHAPES_GRAPH}


def _path_text(path: Path | None) -> str | None:
    return None if path is None else path.text(str)


def _text(graph: Columns, node: Node, predicate: NamedNode) -> str:
    found = graph.values(node, predicate)
    name = predicate.value.rpartition("#")[2]
    if len(found) != 1 or not isinstance(found[0], Literal):
        raise ShapesError(f"{node}: sh:{name} takes one query; give exactly one")
    return found[0].value


def messages(graph: Columns, node: Node) -> tuple[Literal, ...]:
    """Return the messages of a shape, a constraint or a validator."""
    found = sorted(graph.values(node, sh("message")), key=str)
    return tuple(one for one in found if isinstance(one, Literal))


def _prefixes(graph: Columns, node: Node) -> str:
    """Return the prologue that ``sh:prefixes`` declares, including owl:imports (5.2.1)."""
    sources, waiting = set(), graph.values(node, sh("prefixes"))
    while waiting:
        one = waiting.pop()
        if one not in sources:
            sources.add(one)
            waiting += graph.values(one, _OWL_IMPORTS)
    declared: dict[str, str] = {}
    for declaration in (two for one in sources for two in graph.values(one, sh("declare"))):
        names = graph.values(declaration, sh("prefix"))
        bases = graph.values(declaration, sh("namespace"))
        if len(names) != 1 or len(bases) != 1:
            raise ShapesError(f"{node}: a sh:declare takes one sh:prefix and one sh:namespace")
        name, base = str(getattr(names[0], "value", "")), str(getattr(bases[0], "value", ""))
        if declared.setdefault(name, base) != base:
            raise ShapesError(f"{node}: the prefix {name!r} is declared twice; drop one")
    return "".join(f"PREFIX {name}: <{base}>\n" for name, base in sorted(declared.items()))


# Components (section 6)


@dataclass(frozen=True, slots=True)
class Component:
    """A constraint component defined in a shapes graph: its parameters by name, and validators."""

    iri: NamedNode
    parameters: Mapping[NamedNode, bool]
    validators: Mapping[str, tuple[Node, ...]]

    @property
    def needed(self) -> tuple[NamedNode, ...]:
        """The required parameters."""
        return tuple(one for one, optional in self.parameters.items() if not optional)


def read_components(graph: Columns) -> tuple[Component, ...]:
    """Read the constraint components defined in a shapes graph."""
    found = []
    for node in sorted(graph.instances(sh("ConstraintComponent")), key=str):
        if not isinstance(node, NamedNode) or not graph.values(node, sh("parameter")):
            continue
        parameters: dict[NamedNode, bool] = {}
        for one in graph.values(node, sh("parameter")):
            (path,) = graph.values(one, sh("path")) or (None,)
            if not isinstance(path, NamedNode):
                raise ShapesError(f"{node}: a sh:parameter needs a sh:path that is an IRI")
            parameters[path] = _TRUE in graph.values(one, sh("optional"))
        validators = {
            name: tuple(
                one
                for one in graph.values(node, sh(name))
                if isinstance(one, NamedNode | BlankNode)
            )
            for name in ("validator", "nodeValidator", "propertyValidator")
        }
        if any(validators.values()) and not all(parameters.values()):
            found.append(Component(node, parameters, validators))
    return tuple(found)


def component_constraints(
    graph: Columns,
    shape: Node,
    path: Path | None,
    components: tuple[Component, ...],
    show: Callable[[Term], str],
) -> Iterator[Constraint]:
    """Yield a shape's constraints from the components that the shapes graph defines."""
    for component in components:
        if not all(graph.values(shape, one) for one in component.needed):
            continue
        own = component.validators["nodeValidator" if path is None else "propertyValidator"]
        validators = own or component.validators["validator"]
        if not validators:
            continue
        for constants in _arguments(graph, shape, component):
            yield _component_constraint(
                graph, component, validators[0], {**_surroundings(shape), **constants}, path, show
            )


def _arguments(graph: Columns, shape: Node, component: Component) -> Iterator[dict[str, Term]]:
    """Yield each constraint's arguments; a sole parameter gives one for each value (6.2.1)."""
    values = {
        one.value.rpartition("#")[2].rpartition("/")[2]: graph.values(shape, one)
        for one in component.parameters
    }
    if len(values) == 1:
        ((name, several),) = values.items()
        yield from ({name: one} for one in several)
        return
    if any(len(found) > 1 for found in values.values()):
        raise ShapesError(f"{component.iri}: a parameter has several values; give exactly one")
    yield {name: found[0] for name, found in values.items() if found}


def _component_constraint(
    graph: Columns,
    component: Component,
    validator: Node,
    constants: dict[str, Term],
    path: Path | None,
    show: Callable[[Term], str],
) -> Constraint:
    prefixes, declared = _prefixes(graph, validator), messages(graph, validator)
    if graph.values(validator, _ASK):
        query = PreboundQuery.prepare(
            _text(graph, validator, _ASK),
            str(validator),
            prefixes,
            rows=("this", "value"),
            constants=constants,
            path=_path_text(path),
        )
        return AskComponent(component.iri, query, declared, show)
    query = PreboundQuery.prepare(
        _text(graph, validator, _SELECT),
        str(validator),
        prefixes,
        constants=constants,
        path=_path_text(path),
    )
    return SelectConstraint(component.iri, query, declared, show=show)
