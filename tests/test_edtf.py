"""EDTF and its four corners; expected days are counted by hand."""

from __future__ import annotations

import pytest

from kg.edtf import DateCorners, corners
from kg.errors import DateError


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2003-03-20", ("2003-03-20", "2003-03-20", "2003-03-20", "2003-03-20")),
        ("2004-02", ("2004-02-01", "2004-02-29", "2004-02-01", "2004-02-29")),
        ("2011", ("2011-01-01", "2011-12-31", "2011-01-01", "2011-12-31")),
        ("2003-03/2011-12", ("2003-03-01", "2003-03-31", "2011-12-01", "2011-12-31")),
        ("2003-03-19/..", ("2003-03-19", "2003-03-19", None, None)),
        ("../2010-08-31", (None, None, "2010-08-31", "2010-08-31")),
        ("2005/", ("2005-01-01", "2005-12-31", None, None)),
        ("2011~", ("2011-01-01", "2011-12-31", "2011-01-01", "2011-12-31")),
        ("[2006-01-10,2006-12-30..2006-12-31]", ("2006-01-10", "2006-12-31") * 2),
        ("-0043", ("-0043-01-01", "-0043-12-31") * 2),
        ("201X", ("2010-01-01", "2019-12-31") * 2),
    ],
)
def test_corners(edtf: str, expected: tuple[str | None, ...]) -> None:
    assert corners(edtf) == DateCorners(*expected)


@pytest.mark.parametrize(
    "edtf", ["2003-02-30", "2024-13", "20 March", "", "2003-3-1", "x" * 500, "[..2010]", "Y170000"]
)
def test_what_is_not_a_date_is_refused(edtf: str) -> None:
    with pytest.raises(DateError, match="is not an EDTF date"):
        corners(edtf)


def test_a_reversed_interval_is_refused() -> None:
    with pytest.raises(DateError, match="swap"):
        corners("2011-12/2003-03")
