"""For each exercise, one answer of the many that are right."""
