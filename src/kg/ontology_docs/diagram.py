"""The diagram of the core: boxes in a grid and the properties between them, as data for SVG.

Boxes are placed by hand, so that the diagram reads like the text on the model. Only classes and
properties that the ontology has are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import QAWL

if TYPE_CHECKING:
    from kg.ontology_docs.model import OntologyDocs, Term

__all__ = ["Arrow", "Box", "Diagram", "draw"]

_WIDTH: Final = 168
_HEIGHT: Final = 60
_COLUMN: Final = 288
_ROW: Final = 152
_MARGIN: Final = 10
_LINE: Final = 20

# Column and row of each class.
_PLACES: Final = {
    "ClaimRelation": (0, 0), "Reading": (1, 0), "TextVersion": (2, 0), "Source": (3, 0),
    "Quantity": (0, 1), "Claim": (1, 1), "Voice": (2, 1), "Actor": (3, 1),
    "Passage": (0, 2), "Question": (1, 2), "TimeSpan": (2, 2),
    "PopulationGroup": (0, 3), "Place": (1, 3), "Event": (2, 3),
}  # fmt: skip
# From, to, and the properties; none means a subclass.
_ARROWS: Final = (
    ("ClaimRelation", "Claim", ("relates",)),
    ("Claim", "Reading", ("inReading",)),
    ("Reading", "Source", ("ofArticle",)),
    ("Claim", "Quantity", ("answerQuantity",)),
    ("Claim", "Voice", ("voice",)),
    ("Claim", "Passage", ("evidence",)),
    ("Claim", "Question", ("answers",)),
    ("Claim", "TimeSpan", ("answerTime", "claimedTime")),
    ("Voice", "Voice", ("quotedIn",)),
    ("Voice", "Source", ("inSource",)),
    ("Voice", "Actor", ("speaker", "addressee")),
    ("Voice", "TimeSpan", ("saidDuring", "asOf")),
    ("Question", "PopulationGroup", ("population",)),
    ("Question", "Place", ("atPlace",)),
    ("Question", "Event", ("ofEvent",)),
    ("Question", "TimeSpan", ("during",)),
    ("TimeSpan", "Event", ("anchorEvent",)),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A class with the position and size of its box."""

    term: Term
    x: int
    y: int
    width: int = _WIDTH
    height: int = _HEIGHT

    @property
    def middle(self) -> tuple[int, int]:
        """The centre of the box."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow: its SVG path, the properties it represents, and the position of their names."""

    path: str
    terms: tuple[Term, ...]
    x: int
    y: int
    source: Term
    target: Term

    @property
    def lines(self) -> tuple[tuple[int, Term], ...]:
        """The properties, each with the y coordinate of its name."""
        first = self.y - _LINE * (len(self.terms) - 1) // 2
        return tuple((first + _LINE * place, term) for place, term in enumerate(self.terms))


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, and the size of the diagram in SVG units."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(docs: OntologyDocs) -> Diagram:
    """Return the diagram of an ontology's core, empty if the ontology has none of its classes."""
    boxes = {
        name: Box(docs.terms[QAWL + name], _MARGIN + column * _COLUMN, _MARGIN + row * _ROW)
        for name, (column, row) in _PLACES.items()
        if QAWL + name in docs.terms
    }
    arrows = []
    for source, target, names in _ARROWS:
        terms = tuple(docs.terms[QAWL + name] for name in names if QAWL + name in docs.terms)
        if source in boxes and target in boxes and (terms or not names):
            arrows.append(_arrow(boxes[source], boxes[target], terms))
    width = max((box.x + box.width for box in boxes.values()), default=0) + _MARGIN
    height = max((box.y + box.height for box in boxes.values()), default=0) + _MARGIN
    return Diagram(width, height, tuple(boxes.values()), tuple(arrows))


def _arrow(source: Box, target: Box, terms: tuple[Term, ...]) -> Arrow:
    if source is target:
        return _loop(source, terms)
    (x1, y1), (x2, y2) = _edge(source, target.middle), _edge(target, source.middle)
    middle = (x1 + x2) // 2, (y1 + y2) // 2
    return Arrow(f"M{x1} {y1} L{x2} {y2}", terms, *middle, source.term, target.term)


def _loop(box: Box, terms: tuple[Term, ...]) -> Arrow:
    left, right, top = box.x + 20, box.x + 70, box.y
    path = f"M{left} {top} C{left - 10} {top - 50} {right + 10} {top - 50} {right} {top}"
    return Arrow(path, terms, (left + right) // 2, top - 46, box.term, box.term)


def _edge(box: Box, towards: tuple[int, int]) -> tuple[int, int]:
    """Return where the line from the centre of a box to a point leaves the box."""
    x, y = box.middle
    across, down = towards[0] - x, towards[1] - y
    share = min(
        box.width / 2 / abs(across) if across else 1, box.height / 2 / abs(down) if down else 1
    )
    return round(x + across * share), round(y + down * share)
