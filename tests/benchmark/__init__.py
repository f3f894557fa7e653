"""Measured, not claimed: `python -m tests.benchmark` sets mathlab beside its peers."""
