"""References in the plain data of a reading: claims, voices and entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import DecisionError
from kg.reading.parts import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["renamed", "voices_in_use", "without_claim"]

_Data = dict[str, Any]
#: The keys whose values are ids of entities, in claims, questions, answers, voices and times.
_ENTITIES: Final = frozenset(
    {
        "about", "against", "entity", "speaker", "source", "on-behalf-of", "addressee", "anchor",
        "implies",
        "of", "event", "actor", "by", "whole", "place", "where", "did", "subject", "object",
    }
)  # fmt: skip
_PAIRS: Final = (
    "contrasts", "refines", "supersedes", "updates", "retracts", "supports", "alternative",
    "part-of",
)  # fmt: skip


def _list(value: Any) -> list[Any]:
    found = listed(value)
    return list(found) if isinstance(found, list | tuple) else [found]


def voices_in_use(data: _Data) -> set[str]:
    """Return the voices that claims name, and those that these depend on."""
    waiting = list(_voices_named(data["claims"]))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and name in data["voices"]:
            found.add(name)
            waiting += _voices_named(data["voices"][name])
    return found


def _voices_named(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _voices_named(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in {"voice", "reports", "in", "anchor-voice"} and isinstance(value, str):
                yield value
            else:
                yield from _voices_named(value)


def without_claim(data: _Data, name: str) -> None:
    """Remove a claim, and everything related to it."""
    data["claims"] = [one for one in data["claims"] if one["id"] != name]
    for claim in data["claims"]:
        if "under" in claim:
            under = [one for one in _list(claim["under"]) if one != name]
            if under:
                claim["under"] = under[0] if len(under) == 1 else under
            else:
                del claim["under"]
    if "relations" in data:
        data["relations"] = [one for one in data["relations"] if name not in _related(one)]
    if "judgements" in data:
        kept = []
        for one in data["judgements"]:
            about = [each for each in one.get("about", []) if each != name]
            if about or not one.get("about"):
                kept.append({**one, "about": about} if about else one)
        data["judgements"] = kept
    for key in ("relations", "judgements"):
        if data.get(key) == []:
            del data[key]


def _related(relation: _Data) -> list[str]:
    found = [relation["sum"], *relation["parts"]] if "sum" in relation else []
    for key in _PAIRS:
        found += relation.get(key, [])
    return found


def renamed(data: _Data, entity: str, into: str) -> _Data:
    """Return a reading with one entity replaced by another, including its mentions.

    :raises DecisionError: nothing in the reading names the entity.
    """
    found: _Data = _renamed(data, entity, into)
    entities = dict(found.get("entities") or {})
    entities.pop(entity, None)
    _set_or_drop(found, "entities", entities)
    mentions = dict(found.get("mentions") or {})
    if (own := mentions.pop(entity, None)) is not None:
        both = [*_list(mentions.get(into)), *(one for one in _list(own))]
        mentions[into] = both[0] if len(both) == 1 else both
    _set_or_drop(found, "mentions", mentions)
    if found == data:
        raise DecisionError(f"nothing in this reading mentions {entity!r}", f"entities.{entity}")
    return found


def _set_or_drop(data: _Data, key: str, value: _Data) -> None:
    if value:
        data[key] = value
    else:
        data.pop(key, None)


def _renamed(part: Any, entity: str, into: str) -> Any:
    if isinstance(part, list):
        return [_renamed(one, entity, into) for one in part]
    if not isinstance(part, dict):
        return part
    found = {}
    for key, value in part.items():
        if key not in _ENTITIES or isinstance(value, dict):
            found[key] = _renamed(value, entity, into)
        elif isinstance(value, list):
            # Two that become one are named once.
            found[key] = list(dict.fromkeys(into if one == entity else one for one in value))
        else:
            found[key] = into if value == entity else value
    return found
