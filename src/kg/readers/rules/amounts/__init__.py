"""Amounts: numbers with comparators, units and ranges."""
