"""Calculus: how a number remembers how it was made, and what that gives us."""
