"""For each exercise: hints, and the check that tells a right answer from a wrong one."""
