"""Plain data as YAML that :mod:`kg.files.yaml_input` reads back as the same data."""

from __future__ import annotations

from functools import cache

import yaml

from kg.files.yaml_input import plain_value

__all__ = ["flow"]


@cache
def _dumper() -> type[yaml.SafeDumper]:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _: object) -> bool:
            return True  # our reader refuses them

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        # Our reader takes more for a number than YAML 1.1 does: 1e3.
        plain = value.isprintable() and "#" not in value and isinstance(plain_value(value), str)
        style = None if plain else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper


def flow(value: object) -> str:
    """Return plain data as YAML on one line.

    >>> flow({"value": 15, "surface": "15 شخصا"})
    '{value: 15, surface: 15 شخصا}'
    """
    text = yaml.dump(
        value, Dumper=_dumper(), allow_unicode=True, default_flow_style=True, sort_keys=False,
        width=float("inf"),
    )  # fmt: skip
    return str(text).removesuffix("...\n").strip()
