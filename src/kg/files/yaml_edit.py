"""Changing values in a YAML file and nothing else: comments, order and layout are kept.

The text is parsed, compared with the new data, and edited only where the two differ. ruamel.yaml,
which keeps comments too, rewrites the whole file: it rewraps flow mappings and normalises
indentation, so one changed value can change a hundred lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import yaml

from kg.errors import OutputError
from kg.files.yaml_input import load_yaml, node_value
from kg.files.yaml_output import flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.files.yaml_input import YamlFile

__all__ = ["Rewritten", "Splice", "rewritten", "spliced"]


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Characters of a text, from ``start`` on, and their replacement.

    Positions are code points of the text before any splice.
    """

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """The end of the replaced characters."""
        return self.start + len(self.old)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text with splices applied, which must not overlap.

    :raises ValueError: the characters that a splice replaces are not at its position.
    """
    found: list[str] = []
    last = 0
    for one in sorted(splices):
        if one.start < last or text[one.start : one.end] != one.old:
            raise ValueError(f"at {one.start}: {one.old[:80]!r} is not there")
        found += (text[last : one.start], one.new)
        last = one.end
    return "".join((*found, text[last:]))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A YAML text that holds other data: how it was changed, and what it is then, read again."""

    splices: tuple[Splice, ...]
    text: str
    file: YamlFile


def rewritten(text: str, data: Mapping[str, Any], path: Path) -> Rewritten:
    """Change a YAML text so that it holds other data.

    Unchanged values keep their form. A new item or key takes the form of its siblings.

    :param path: the file, for messages.
    :raises ReadingError: the text is not YAML that we read.
    :raises OutputError: the layout of the text cannot be changed in place, such as a mapping in
        braces for the whole file.
    """
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise OutputError(
            f"{path}: is a single mapping in braces, which cannot be edited in place; write each "
            "key on its own line"
        )
    work = _Rewriting(text)
    work.mapping(node, data)
    splices = tuple(sorted(one for one in work.splices if one.old != one.new))
    result = spliced(text, splices)
    file = load_yaml(path, result)
    if file.data != data:
        raise OutputError(
            f"{path}: this change cannot be made within the file's layout; make it in an editor"
        )
    return Rewritten(splices, result, file)


def _key(item: object) -> str:
    """Return the identity of an item across changes of its values: its id, else all of it."""
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return str(item["id"])
    return json.dumps(item, sort_keys=True)


@dataclass
class _Rewriting:
    text: str
    splices: list[Splice] = field(default_factory=list)

    def cut(self, start: int, end: int, new: str) -> None:
        self.splices.append(Splice(start, self.text[start:end], new))

    def mapping(self, node: yaml.MappingNode, new: Mapping[str, Any]) -> None:
        """Change a block mapping."""
        old = {key.value: (key, value) for key, value in node.value}
        for name, (key, value) in old.items():
            if name not in new:
                self.cut(*self._lines(key, value), "")
            elif node_value(value) != new[name]:
                self._value(key, value, new[name])
        column = node.start_mark.column
        before: tuple[yaml.Node, yaml.Node] | None = None
        fresh: list[str] = []
        for name, value in (*new.items(), (None, None)):
            if name is not None and name not in old:
                fresh.append(_entry(name, value, column))
                continue
            if fresh:
                self._insert_after(before, node, "".join(fresh))
                fresh = []
            before = old.get(name, before) if name is not None else before

    def _insert_after(
        self, before: tuple[yaml.Node, yaml.Node] | None, node: yaml.Node, lines: str
    ) -> None:
        if before is None:
            at = self._line_start(node.start_mark.index)
        else:
            at = self._line_end(self._end(before[1], before[0]))
        self._insert(at, lines)

    def _insert(self, at: int, lines: str) -> None:
        broken = at > 0 and self.text[at - 1] != "\n"
        self.cut(at, at, f"\n{lines}" if broken else lines)

    def _value(self, key: yaml.Node, value: yaml.Node, new: object) -> None:
        if value.start_mark.index != value.end_mark.index and self._within(value, new):
            return
        # A block below its key has comments and line ends between; it goes as a whole.
        if isinstance(new, dict) and new and _is_block(value):
            self.cut(*self._lines(key, value), _entry(key.value, new, key.start_mark.column))
        else:
            self.cut(key.end_mark.index, self._end(value, key), f": {flow(new)}")

    def _within(self, value: yaml.Node, new: object) -> bool:
        """Change the inside of a value, if its extent is clear."""
        if isinstance(value, yaml.MappingNode) and isinstance(new, dict) and new:
            if not value.flow_style:
                self.mapping(value, new)
                return True
            if [key.value for key, _ in value.value] == list(new):
                for key, inner in value.value:
                    if node_value(inner) != new[key.value]:
                        self._value(key, inner, new[key.value])
                return True
        if _is_block(value) and isinstance(value, yaml.SequenceNode) and isinstance(new, list):
            if new:
                self._sequence(value, new)
            return bool(new)
        return False

    def _sequence(self, node: yaml.SequenceNode, new: Sequence[Any]) -> None:
        """Change a block sequence; items with an id keep their identity."""
        items = node.value
        matcher = SequenceMatcher(
            a=[_key(node_value(item)) for item in items], b=[_key(one) for one in new],
            autojunk=False,
        )  # fmt: skip
        block = any(isinstance(item, yaml.MappingNode) and not item.flow_style for item in items)
        for kind, low, high, first, last in matcher.get_opcodes():
            if kind == "equal":
                for item, one in zip(items[low:high], new[first:last], strict=True):
                    if node_value(item) != one:
                        self._item(item, one, block)
                continue
            for item in items[low:high]:
                self.cut(self._dash(item), self._line_end(self._end(item)), "")
            if first < last:
                indent = " " * node.start_mark.column
                lines = "".join(_item(one, indent, block=block) for one in new[first:last])
                at = self._line_end(self._end(items[high - 1])) if high else self._dash(items[0])
                self._insert(at, lines)

    def _item(self, item: yaml.Node, new: object, block: bool) -> None:
        if self._within(item, new):
            return
        indent = " " * (self._column(self._dash(item)))
        if block:
            lines = _item(new, indent, block=True)
            self.cut(self._dash(item), self._line_end(self._end(item)), lines)
        else:
            self.cut(item.start_mark.index, self._end(item), flow(new))

    def _end(self, node: yaml.Node, key: yaml.Node | None = None) -> int:
        """Return the end of a node's last character; a block's end mark is past its comments."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
            return self._end(node.value[-1][1], node.value[-1][0])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
            return self._end(node.value[-1])
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            start = node.start_mark.index
            return start + len(self.text[start : node.end_mark.index].rstrip())
        if key is not None and node.start_mark.index == node.end_mark.index:  # an empty value
            return self.text.index(":", key.end_mark.index) + 1
        end: int = node.end_mark.index
        return end

    def _lines(self, key: yaml.Node, value: yaml.Node) -> tuple[int, int]:
        return self._line_start(key.start_mark.index), self._line_end(self._end(value, key))

    def _dash(self, item: yaml.Node) -> int:
        return self._line_start(self.text.rindex("-", 0, item.start_mark.index))

    def _column(self, line_start: int) -> int:
        line = self.text[line_start : self._line_end(line_start)]
        return len(line) - len(line.lstrip(" "))

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _entry(name: str, value: object, column: int) -> str:
    """Return a key with its value; the file's top-level mappings have one line per name."""
    indent = " " * column
    if column == 0 and isinstance(value, dict) and value:
        inner = "".join(f"  {flow({key: one})[1:-1]}\n" for key, one in value.items())
        return f"{flow(name)}:\n{inner}"
    if column == 0 and isinstance(value, list) and value and isinstance(value[0], dict):
        block = name == "claims"
        return f"{name}:\n" + "".join(_item(one, "  ", block=block) for one in value)
    return f"{indent}{flow({name: value})[1:-1]}\n"


def _item(value: object, indent: str, *, block: bool) -> str:
    if not block or not isinstance(value, dict):
        return f"{indent}- {flow(value)}\n"
    first, *others = (flow({key: one})[1:-1] for key, one in value.items())
    return "".join((f"{indent}- {first}\n", *(f"{indent}  {line}\n" for line in others)))
