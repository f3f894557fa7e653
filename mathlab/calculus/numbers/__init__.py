"""Many kinds of number."""
