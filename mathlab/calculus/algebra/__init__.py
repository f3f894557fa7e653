"""Formulas, said shorter and derived."""
