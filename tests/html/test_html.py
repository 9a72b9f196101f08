"""The one environment: everything escaped, nothing left out in silence."""

from __future__ import annotations

import jinja2
import pytest
from examples import ROOT

from kg.html import direction, render

FOLDERS = sorted(ROOT.joinpath("src", "kg").glob("*/templates"))


def test_values_are_escaped_and_what_html_forbids_is_replaced() -> None:
    page = render(
        "pictures/page.html",
        lang="en",
        theme="dark",
        title="<a>\x00\ufffe",
        dark="",
        followed="",
        pictures=["<svg></svg>"],
        data={"text": "</script><b>ق"},
    )
    assert '<h1 dir="auto">&lt;a&gt;\ufffd\ufffd</h1>' in page
    assert '<html lang="en" data-theme="dark">' in page
    assert "<svg></svg>" in page
    # Data cannot end its script, and stays readable.
    assert r"\u003c/script\u003e\u003cb\u003eق" in page


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="lang"):
        render("pictures/page.html")


def test_a_missing_template_is_an_error() -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        render("pictures/none.html")


def test_no_template_switches_escaping_off() -> None:
    assert {folder.parent.name for folder in FOLDERS} >= {"web", "ontology_docs", "compare"}
    trusted = {}
    for folder in FOLDERS:
        for path in folder.glob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert "autoescape" not in text, path
            if "| safe" in text:
                trusted[path.name] = text.count("| safe")
    # The pictures are Graphviz's, and the styles ours.
    assert trusted == {"page.html": 3}


def test_the_direction_of_a_text() -> None:
    assert direction("BBC قال ذلك أمس") == "rtl"
    assert direction("قال said so") == "ltr"
    assert direction("") == "ltr"
