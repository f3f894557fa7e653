"""Formulas as programs."""
