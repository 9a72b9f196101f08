"""EDTF and its four corners; expected days are counted by hand."""

from __future__ import annotations

import pytest

from kg.edtf import DateCorners, corners, interval, stretches
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
        ("2011~", (None,) * 4),
        ("2003~/2005", (None, None, "2005-01-01", "2005-12-31")),
        ("2000?", ("2000-01-01", "2000-12-31") * 2),
        ("[2006-01-10,2006-12-30..2006-12-31]", ("2006-01-10", "2006-12-31") * 2),
        ("-0043", ("-0043-01-01", "-0043-12-31") * 2),
        ("201X", ("2010-01-01", "2019-12-31") * 2),
    ],
)
def test_corners(edtf: str, expected: tuple[str | None, ...]) -> None:
    found = corners(edtf)
    corner = (found.earliest_start, found.latest_start, found.earliest_end, found.latest_end)
    assert corner == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2003", ("2003-01-01", "2003-01-01", "2003-12-31", "2003-12-31")),
        ("2010-06", ("2010-06-01", "2010-06-01", "2010-06-30", "2010-06-30")),
        ("2006/2010", ("2006-01-01", "2006-01-01", "2010-12-31", "2010-12-31")),
        ("2003-03-19/..", ("2003-03-19", "2003-03-19", None, None)),
        ("2003-03-19/2011~", ("2003-03-19", "2003-03-19", None, None)),
    ],
)
def test_what_lasts_throughout_a_date(edtf: str, expected: tuple[str | None, ...]) -> None:
    found = corners(edtf, throughout=True)
    corner = (found.earliest_start, found.latest_start, found.earliest_end, found.latest_end)
    assert corner == expected


def test_an_open_end_is_not_an_unknown_one() -> None:
    assert corners("2010/..").open_end
    assert not corners("2010/").open_end
    assert corners("../2010").open_start
    assert corners("2003~").approximate
    assert corners("2003?").doubtful
    assert corners("2003%") == DateCorners(*[None] * 4, approximate=True, doubtful=True)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2003-01-01/2003-12-31", "2003"),
        ("2003", "2003"),
        ("2003-05-01/2003-05-31", "2003-05"),
        ("2003-05-02", "2003-05-02"),
        ("2006-01/2010-12", "2006/2010"),
        ("2005-03/2006-06", "2005-03-01/2006-06-30"),
        ("2003-03-19/..", "2003-03-19/.."),
        ("../2010-08-31", "../2010-08-31"),
        ("../2010-12", "../2010"),
        ("2010/", "2010/"),
        ("../..", "../.."),
        ("2003~", "2003~"),
        ("2003?/2005", "2003?/2005"),
    ],
)
def test_an_interval_is_written_in_one_way(edtf: str, expected: str) -> None:
    assert interval(edtf) == expected


@pytest.mark.parametrize(
    "edtf", ["2003-02-30", "2024-13", "20 March", "", "2003-3-1", "x" * 500, "[..2010]", "Y170000"]
)
def test_what_is_not_a_date_is_refused(edtf: str) -> None:
    with pytest.raises(DateError, match="is not an EDTF date"):
        corners(edtf)


def test_a_reversed_interval_is_refused() -> None:
    with pytest.raises(DateError, match="swap"):
        corners("2011-12/2003-03")


@pytest.mark.parametrize(
    ("edtf", "found"),
    [
        ("[2006-01-10,2006-12-30..2006-12-31]",
         (("2006-01-10", "2006-01-10"), ("2006-12-30", "2006-12-31"))),
        ("[2003,2005]", (("2003-01-01", "2003-12-31"), ("2005-01-01", "2005-12-31"))),
        ("[2003-05,2003-07]", (("2003-05-01", "2003-05-31"), ("2003-07-01", "2003-07-31"))),
        ("2006-01", ()),
        ("2003/2005", ()),
    ],
)  # fmt: skip
def test_a_set_leaves_stretches_of_days(edtf: str, found: tuple[tuple[str, str], ...]) -> None:
    assert stretches(edtf) == found
