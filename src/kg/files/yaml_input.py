"""YAML read as plain data, with the line of every value, and nothing that YAML can do beyond it.

Anchors, aliases, tags and duplicate keys are refused (they are how a small file becomes a bomb, a
Python object or a silent loss), and dates stay strings: ``2003-03-19`` is EDTF here, not a
timestamp.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from kg.errors import ReadingError
from kg.files.utf8 import read_utf8

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["YamlFile", "load_yaml", "plain_value", "shown"]

#: Largest YAML file that is read, in bytes.
LARGEST_FILE: Final = 20_000_000
#: Deepest nesting that is read.
DEEPEST: Final = 40
#: Most YAML tokens that are read, some hundred thousand lines: what keeps the time bounded.
MOST_TOKENS: Final = 1_000_000

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?[1-9][0-9]*[eE]\+?[0-9]+"
)
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """Plain data from a YAML file, and the line on which each part of it begins."""

    path: Path
    data: object
    lines: dict[tuple[object, ...], int] = field(repr=False)

    def place(self, *keys: object) -> str:
        """Return ``FILE:LINE`` of a value, or of its nearest ancestor that the file has."""
        for length in range(len(keys), -1, -1):
            line = self.lines.get(tuple(keys[:length]))
            if line is not None:
                return f"{self.path}:{line}"
        return str(self.path)


def shown(value: object, longest: int = 200) -> str:
    """Return a value as an error message gives it: quoted, and cut where it is long."""
    if isinstance(value, str) and len(value) > longest:
        return f"{value[:longest]!r}… ({len(value)} characters)"
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _scalar(node: yaml.ScalarNode) -> object:
    return node.value if node.style in {"'", '"', "|", ">"} else plain_value(node.value)


def plain_value(text: str) -> object:
    """Return what a scalar without quotation marks is read as: a number, a constant or a text.

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
                    key_node, f"the key {shown(key)} is here twice (first on line {first})"
                )
            mapping[key] = self.build(value_node, (*keys, key))
            self.lines[(*keys, key)] = key_node.start_mark.line + 1
        return mapping


def _refuse_machinery(text: str, path: Path) -> None:
    depth = 0
    for count, token in enumerate(yaml.scan(text, Loader=yaml.CSafeLoader)):
        line = token.start_mark.line + 1
        if count > MOST_TOKENS:
            raise ReadingError(f"{path}:{line}: is more than can be read: split the file")
        if isinstance(token, yaml.ScalarToken) and "\0" in token.value:
            raise ReadingError(f"{path}:{line}: contains a NUL character; remove it")
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            raise ReadingError(
                f"{path}:{line}: YAML anchors and aliases are not read: write it out"
            )
        if isinstance(token, yaml.TagToken | yaml.DirectiveToken):
            raise ReadingError(f"{path}:{line}: YAML tags and directives are not read: remove it")
        # The composer recurses in C; too deep a nesting must not reach it.
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

    :param text: the file's content where it has been read already.
    :raises ReadingError: the file cannot be read or decoded, is not YAML, or uses anchors,
        aliases, tags, duplicate keys, several documents, or more nesting than anyone needs.
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
            f"{path}:{line}: is not YAML: the character U+{error.character:04X} may not stand "
            "in it; remove it, or write it as an escape in double quotes"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ReadingError(f"{path}: is not YAML: {str(error).splitlines()[0]}") from error
    if node is None:
        raise ReadingError(f"{path}: is empty")
    builder = _Builder(path)
    data = builder.build(node, ())
    return YamlFile(path, data, builder.lines)
