"""Faults of data against a schema, in one line each."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError, field_validator, model_validator

from kg.files.schema_faults import SchemaFault, first_fault, schema_faults


class _Page(BaseModel):
    number: int

    @field_validator("number")
    @classmethod
    def _counted(cls, number: int) -> int:
        if number < 1:
            raise ValueError("counts from 1")
        return number


class _Book(BaseModel):
    pages: list[_Page]

    @model_validator(mode="after")
    def _not_empty(self) -> _Book:
        if not self.pages:
            raise ValueError("has no page")
        return self


def test_the_keys_lead_to_the_fault() -> None:
    with pytest.raises(ValidationError) as caught:
        _Book.model_validate({"pages": [{"number": 1}, {"number": 0}, {}]})
    found = schema_faults(caught.value)
    assert found[0] == SchemaFault(("pages", 1, "number"), "counts from 1", 0)
    assert [one.told("the book") for one in found] == [
        "pages.1.number: counts from 1",
        "pages.2.number: Field required",
    ]


def test_a_fault_of_the_whole() -> None:
    with pytest.raises(ValidationError) as caught:
        _Book.model_validate({"pages": []})
    fault = first_fault(caught.value)
    assert (fault.told(), fault.told("the book")) == ("has no page", "the book: has no page")
