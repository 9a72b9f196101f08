"""Writing decisions: a line is added to a file or removed, and nothing else in it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import yaml

from kg.errors import AuthorityError, ReadingError, did_you_mean
from kg.files import shipped
from kg.files.atomic import replacing
from kg.files.utf8 import read_utf8
from kg.knowledge.authority import general_authority, load_authority
from kg.knowledge.ontology import load_ontology
from kg.reading.file import load_reading, path_of_reading
from kg.text.article import unknown_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.knowledge.authority import Authority

__all__ = ["authority_here", "check_refs", "decided", "taken_back", "write_decisions"]


def _line(decision: Mapping[str, Any]) -> str:
    told = yaml.safe_dump(
        dict(decision), allow_unicode=True, default_flow_style=True, sort_keys=False,
        width=float("inf"),
    )  # fmt: skip
    return f"- {told.strip()}"


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    return read_utf8(path, AuthorityError, largest=20_000_000).rstrip("\n").split("\n")


def decided(path: Path, decision: Mapping[str, Any]) -> str:
    """Return a file's text with one more decision.

    :raises AuthorityError: the file cannot be read.
    """
    return "\n".join([*(one for one in _lines(path) if one), _line(decision)]) + "\n"


def taken_back(path: Path, name: str, within: Iterable[str]) -> tuple[str, int]:
    """Remove a name from a file's decisions; return the text and how many lines had it.

    A decision about nothing else is removed entirely.

    :param within: the keys that hold names, such as ``same`` and ``names``, and ``entity``, whose
        decisions are removed as a whole.
    :raises AuthorityError: the file cannot be read, or a decision has more than one line.
    """
    keys, left, found = tuple(within), [], 0
    for number, line in enumerate(_lines(path), 1):
        if not line.startswith("-"):
            left.append(line)
            continue
        decision = _parsed(path, number, line)
        if name not in _named(decision, keys):
            left.append(line)
            continue
        found += 1
        if (shorter := _without(decision, name, keys)) is not None:
            left.append(_line(shorter))
    return "\n".join(left) + "\n" if left else "", found


def _parsed(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        (decision,) = yaml.safe_load(line)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise AuthorityError(
            f"{path}:{number}: is not a one-line decision; put it on one line, or delete it by hand"
        ) from error
    return dict(decision)


def _named(decision: Mapping[str, Any], keys: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for key in keys:
        value = decision.get(key, ())
        found |= {value} if isinstance(value, str) else set(value)
    return found


def _without(
    decision: Mapping[str, Any], name: str, keys: tuple[str, ...]
) -> dict[str, Any] | None:
    """Return a decision without a name; ``None`` if nothing remains."""
    if decision.get("entity") == name:
        return None
    left = dict(decision)
    for key in keys:
        if isinstance(left.get(key), list):
            left[key] = [one for one in left[key] if one != name]
            if not left[key]:
                del left[key]
    if "different" in decision and len(left.get("different", ())) < 2:
        return None
    tells = {"same", "names", "label", "different", "claims"} & left.keys()
    return left if tells and ("ask" not in left or "claims" in left) else None


def check_refs(folder: Path, names: Iterable[str], part: Literal["claims", "entities"]) -> None:
    """Refuse a decision on a part of a reading that does not exist: it would decide nothing.

    The articles of a corpus lie elsewhere, so they cannot be checked here.

    :param folder: the folder of authority files, beside that of the articles.
    :param names: ``SLUG/READING/ID``; other names are ignored.
    :raises ArticleError: no such article.
    :raises ReadingError: the article has no such reading, or the reading no such part.
    """
    articles = folder.parent / "articles"
    if not any(articles.glob("*/article.yaml")):
        return
    for name in names:
        slug, _, rest = name.partition("/")
        reading, slash, identifier = rest.partition("/")
        if not slash:
            continue
        if not (articles / slug / "article.yaml").is_file():
            raise unknown_article(articles, slug)
        path = path_of_reading(articles / slug, reading)
        found = load_reading(path).reading
        known = {one.id for one in found.claims} if part == "claims" else set(found.entities)
        if identifier not in known:
            hint = did_you_mean(identifier, known)
            raise ReadingError(f"{path}: has no {identifier!r} among its {part}{hint}")


def authority_here(folder: Path) -> Authority:
    """Return the authority of a graph or a corpus, which need not have authority files yet.

    :param folder: its folder of authority files.
    :raises AuthorityError: there is no such graph, or a file of it cannot be used.
    """
    ontology = load_ontology(shipped.ontology_dir())
    begun = any(folder.glob("*.ttl")) or any(folder.glob("*.yaml"))
    if begun or not folder.parent.is_dir():
        return load_authority(folder, ontology)
    return general_authority(ontology)


def write_decisions(path: Path, text: str, check: Callable[[str], object]) -> None:
    """Write a file of decisions, if they can be applied.

    :param check: loads them from a text.
    :raises KgError: they cannot be applied; the file is unchanged.
    :raises OutputError: the file cannot be written.
    """
    check(text)
    if path.parent.parent.is_dir():
        path.parent.mkdir(exist_ok=True)
    with replacing(path) as stream:
        stream.write(text.encode())
