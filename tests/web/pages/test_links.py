"""Links of pages: a claim leads to its words, in the language of the page."""

from __future__ import annotations

from pyoxigraph import Store
from web_parts import SITE

from kg.display.claims import ClaimBook
from kg.store.local import Graph
from kg.web.pages.links import address_of, claim_address, exact, links_of

CLAIM = "https://w3id.org/qawl/id/claim/flood/curated/toll"


def test_a_claim_leads_to_its_words() -> None:
    assert address_of(SITE, CLAIM, "en") == "/qawl/articles/flood#claim=toll"
    assert address_of(SITE, CLAIM, "ar") == "/qawl/articles/flood?lang=ar#claim=toll"
    assert claim_address(CLAIM.replace("curated", "rules")) == "/articles/flood#claim=rules/toll"
    assert claim_address("https://w3id.org/qawl/id/actor/bbc") == ""


def test_a_resource_leads_to_its_page() -> None:
    assert address_of(SITE, "https://w3id.org/qawl/id/actor/bbc", "ar") == (
        "/qawl/id/actor/bbc.html?lang=ar"
    )
    assert address_of(SITE, "https://w3id.org/qawl/ontology#Claim", "en") == (
        "/qawl/ontology#Claim"
    )
    assert address_of(SITE, "javascript:alert(1)", "en") == ""


def test_a_text_for_a_page_has_every_code_point() -> None:
    assert exact("a\r\n<b>") == "a&#13;\n&lt;b&gt;"


def test_templates_are_given_the_functions_they_use() -> None:
    given = links_of(SITE, ClaimBook(Graph(Store())), "ar")
    assert set(given) == {"link", "said", "spoken", "exact", "comma"}
    assert given["comma"] == "، "
