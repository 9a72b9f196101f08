"""Every setting is an option, is explained in the help, and is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import ROOT

from kg.web.settings import Explained, explained

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

DOCUMENTATION = ROOT / "docs" / "serving.md"


def documented(setting: Explained) -> str:
    """Return the row of the table that a setting has."""
    shown = "" if setting.default in ("", ()) else f" `{setting.default}`"
    return f"| `--{setting.name.replace('_', '-')}` |{shown} | {setting.help} |"


@pytest.mark.parametrize("setting", explained(), ids=lambda setting: setting.name)
def test_the_setting_is_documented(setting: Explained) -> None:
    assert documented(setting) in DOCUMENTATION.read_text(encoding="utf-8")


def test_the_help_shows_every_setting(
    kg: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    shown = "".join(kg("serve", "--help").stdout.split())  # lines break at hyphens, too
    for one in explained():
        assert f"--{one.name.replace('_', '-')}" in shown
        assert "".join(one.help.split(" [default")[0].split()) in shown
        if one.default not in ("", (), 0):
            assert str(one.default) in shown


def test_a_setting_below_its_least_value_is_refused(
    kg: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    for one in explained():
        if one.least:
            done = kg("serve", f"--{one.name.replace('_', '-')}", "0")
            assert done.returncode == 2
            assert "0" in done.stderr
