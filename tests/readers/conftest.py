"""What tests of readers share: the small article, and what is known to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.files import shipped
from kg.knowledge.authority import Authority, load_authority
from kg.knowledge.ontology import Ontology, load_ontology
from kg.text.article import Article, load_article

if TYPE_CHECKING:
    from examples import Workspace


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(shipped.ontology_dir())


@pytest.fixture
def authority(workspace: Workspace, ontology: Ontology) -> Authority:
    return load_authority(workspace.graph / "authority", ontology)


@pytest.fixture
def article(workspace: Workspace) -> Article:
    return load_article(workspace.article)
