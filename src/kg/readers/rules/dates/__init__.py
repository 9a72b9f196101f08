"""Dates, intervals and relative times, and what they mean in EDTF."""
