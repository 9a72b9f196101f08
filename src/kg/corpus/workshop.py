"""What a process needs for reading articles, loaded once: knowledge, rules and shapes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.corpus.derivation import Topics, derivation, read_by_rules
from kg.files import shipped
from kg.graph.compile_search_texts import with_searched_labels
from kg.knowledge.authority import general_authority, load_authority
from kg.knowledge.ontology import load_ontology
from kg.readers.rules.reader import RulesReader
from kg.shacl.validate import Validator

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.shacl.columns import Columns

__all__ = [
    "Setting",
    "Workshop",
    "corpus_authority",
    "folder_digest",
    "software_digest",
    "workshop",
]

#: The rooms on whose code and data the parts depend.
_ROOMS: Final = (
    "corpus", "graph", "knowledge", "rdf", "readers", "reading", "shacl", "sparql", "text",
)  # fmt: skip
_SUFFIXES: Final = frozenset({".py", ".tsv", ".ttl", ".toml", ".rq", ".yaml"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The settings for reading the articles of a corpus; can be sent to another process.

    :param authority: the folder of the corpus's own authority files, which may be empty.
    :param gazetteer: a folder of Turtle files with more names for the rules.
    :param made: the date given to drafts, ``YYYY-MM-DD``.
    :param software: :func:`software_digest` where the corpus is built; a worker with other code
        would make other parts.
    :param knowledge: the SHA-256 of the authority files and the gazetteer.
    """

    authority: str
    gazetteer: str
    made: str
    software: str
    knowledge: str

    @property
    def version(self) -> str:
        """A digest of everything that parts depend on besides their articles."""
        told = "\0".join((self.made, self.software, self.knowledge))
        return hashlib.sha256(told.encode()).hexdigest()


class Workshop:
    """The tools for reading articles in one process.

    :raises AuthorityError: an authority file cannot be used.
    :raises LexiconError: a file of the gazetteer or of the rules' data is invalid.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.ontology: Ontology = load_ontology(shipped.ontology_dir())
        self.authority = corpus_authority(Path(setting.authority), self.ontology)
        self.reader = RulesReader(self.authority, Path(setting.gazetteer))

    @cached_property
    def validator(self) -> Validator:
        """The shapes."""
        return Validator()

    @cached_property
    def base(self) -> Columns:
        """What all articles share, for validation."""
        return self.validator.base(self.shared())

    @cached_property
    def read_by_rules(self) -> list[Quad]:
        """What all articles share, limited to what the rules read."""
        return read_by_rules(self.shared(), derivation().terms)

    @cached_property
    def topics(self) -> Topics:
        """Which questions are of one topic."""
        return Topics(self.read_by_rules)

    def shared(self) -> list[Quad]:
        """Return what all articles share: ontology, vocabularies and authority files."""
        return [*self.ontology.quads(), *with_searched_labels(self.authority.quads())]


def corpus_authority(folder: Path, ontology: Ontology) -> Authority:
    """Load the authority files of a corpus, which may have none.

    :raises AuthorityError: a file cannot be used.
    """
    if any(folder.glob("*.ttl")) or any(folder.glob("*.yaml")):
        return load_authority(folder, ontology)
    return general_authority(ontology)


_loaded: dict[str, Workshop] = {}


def workshop(setting: Setting) -> Workshop:
    """Return the workshop of this process for a setting."""
    found = _loaded.get(setting.version)
    if found is None:
        found = _loaded[setting.version] = Workshop(setting)
    return found


@cache
def software_digest() -> str:
    """Return the SHA-256 of the code and the data that parts depend on."""
    package = Path(__file__).resolve().parents[1]
    folders = [package / room for room in _ROOMS]
    folders += [shipped.ontology_dir(), shipped.queries_dir() / "rules"]
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES:
                found.update(path.relative_to(folder).as_posix().encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def folder_digest(*folders: Path) -> str:
    """Return the SHA-256 of the entities, names and decisions in folders, by name and content."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*")):
            if path.suffix not in _SUFFIXES:
                continue
            found.update(path.name.encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
        found.update(b"\0")
    return found.hexdigest()
