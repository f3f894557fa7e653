"""Lessons: from a file of films to a model that learns. `python -m lessons` tells the story."""
