"""The data of the lessons."""
