"""YAML as plain data with line numbers; other YAML features are refused.

Anchors, aliases, tags and duplicate keys are refused (they can make a small file explode in memory,
create Python objects, or lose data silently), and dates stay strings: ``2003-03-19`` is EDTF here,
not a timestamp.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.errors import ReadingError
from kg.files.utf8 import read_utf8

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["YamlFile", "load_yaml", "node_value", "plain_value", "shown"]

#: Largest YAML file that is accepted, in bytes.
LARGEST_FILE: Final = 20_000_000
#: Maximum nesting depth.
DEEPEST: Final = 40
#: Maximum number of YAML tokens (some hundred thousand lines), which bounds parsing time.
MOST_TOKENS: Final = 1_000_000

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?[1-9][0-9]*[eE]\+?[0-9]+"
)
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """Plain data from a YAML file, with the line on which each part starts."""

    path: Path
    data: object
    lines: dict[tuple[object, ...], int] = field(repr=False)

    def place(self, *keys: object) -> str:
        """Return ``FILE:LINE`` of a value, or of its nearest ancestor in the file."""
        for length in range(len(keys), -1, -1):
            line = self.lines.get(tuple(keys[:length]))
            if line is not None:
                return f"{self.path}:{line}"
        return str(self.path)


def shown(value: object, longest: int = 200) -> str:
    """Return a value for an error message: quoted, and truncated if it is long."""
    if isinstance(value, str) and len(value) > longest:
        return f"{value[:longest]!r}… ({len(value)} characters)"
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _scalar(node: yaml.ScalarNode) -> object:
    return node.value if node.style in {"'", '"', "|", ">"} else plain_value(node.value)


def plain_value(text: str) -> object:
    """Return the number, constant or text that an unquoted scalar stands for.

    >>> plain_value("1e3"), plain_value("2003-03-19")
    (1000.0, '2003-03-19')
    """
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.fullmatch(text) and len(text) < 400:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def node_value(node: yaml.Node) -> Any:
    """Return the plain data that a composed node stands for, without the checks of a file."""
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [node_value(item) for item in node.value]
    return {key.value: node_value(value) for key, value in node.value}


class _Builder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[tuple[object, ...], int] = {}

    def fail(self, node: yaml.Node, reason: str) -> ReadingError:
        return ReadingError(f"{self.path}:{node.start_mark.line + 1}: {reason}")

    def build(self, node: yaml.Node, keys: tuple[object, ...]) -> object:
        self.lines[keys] = node.start_mark.line + 1
        if len(keys) > DEEPEST:
            raise self.fail(node, f"is nested more than {DEEPEST} levels deep")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*keys, index)) for index, item in enumerate(node.value)]
        mapping: dict[object, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.fail(key_node, "a key must be a plain word")
            key = key_node.value
            if key in mapping:
                first = self.lines[(*keys, key)]
                raise self.fail(
                    key_node, f"the key {shown(key)} is a duplicate (first on line {first})"
                )
            mapping[key] = self.build(value_node, (*keys, key))
            self.lines[(*keys, key)] = key_node.start_mark.line + 1
        return mapping


def _refuse_machinery(text: str, path: Path) -> None:
    depth = 0
    for count, token in enumerate(yaml.scan(text, Loader=yaml.CSafeLoader)):
        line = token.start_mark.line + 1
        if count > MOST_TOKENS:
            raise ReadingError(f"{path}:{line}: the file is too long; split it")
        if isinstance(token, yaml.ScalarToken) and "\0" in token.value:
            raise ReadingError(f"{path}:{line}: contains a NUL character; remove it")
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            raise ReadingError(
                f"{path}:{line}: YAML anchors and aliases are not allowed; write the value out"
            )
        if isinstance(token, yaml.TagToken | yaml.DirectiveToken):
            raise ReadingError(
                f"{path}:{line}: YAML tags and directives are not allowed; remove them"
            )
        # The composer recurses in C, so deep nesting must be caught before it.
        if isinstance(
            token,
            yaml.FlowMappingStartToken
            | yaml.FlowSequenceStartToken
            | yaml.BlockMappingStartToken
            | yaml.BlockSequenceStartToken,
        ):
            depth += 1
            if depth > DEEPEST:
                raise ReadingError(f"{path}:{line}: is nested more than {DEEPEST} levels deep")
        elif isinstance(
            token, yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken | yaml.BlockEndToken
        ):
            depth -= 1


def load_yaml(path: Path, text: str | None = None) -> YamlFile:
    """Read a YAML (or JSON) file as plain data.

    :param text: the file's content, if it has already been read.
    :raises ReadingError: the file cannot be read or decoded, is not YAML, or has anchors, aliases,
        tags, duplicate keys, several documents, or more than :data:`DEEPEST` levels of nesting.
    """
    content = read_utf8(path, ReadingError, largest=LARGEST_FILE) if text is None else text
    try:
        _refuse_machinery(content, path)
        node = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ReadingError(f"{path}:{line}: is not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = content.encode()[: error.position].count(b"\n") + 1
        raise ReadingError(
            f"{path}:{line}: is not YAML: the character U+{error.character:04X} is not allowed; "
            "remove it, or write it as an escape in double quotes"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ReadingError(f"{path}: is not YAML: {str(error).splitlines()[0]}") from error
    if node is None:
        raise ReadingError(f"{path}: is empty")
    builder = _Builder(path)
    data = builder.build(node, ())
    return YamlFile(path, data, builder.lines)
