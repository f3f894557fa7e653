"""Where a lesson is written to."""
