"""Python's way from this folder to mathlab: see lessons.py."""

import runpy
import sys

if __name__ in ("mathlab", "__main__"):
    __import__("lessons")  # from here on Python knows the way
    sys.modules.pop("mathlab", None)
    if __name__ == "__main__":  # as with `python -m mathlab` in this folder
        wants = "lessons" if sys.argv[1:2] == ["fit"] else "mathlab"  # the first finds its own data
        runpy.run_module(wants, run_name="__main__", alter_sys=True)
    else:
        __import__("mathlab")
