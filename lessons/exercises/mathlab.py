"""Python's way from this folder to mathlab: see lessons.py."""

import sys

if __name__ == "mathlab":
    __import__("lessons")  # from here on Python knows the way
    del sys.modules["mathlab"]
    __import__("mathlab")
