"""Python's way from this folder to the course, for a file of it that is run by itself.

Python looks for `lessons` in the folder of the file that it runs, and nowhere near it: so it finds
this file. That shows it the folder of the course, and begins anew.
"""

import runpy
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]

if "." not in __name__:  # in the course this is lessons.lessons, and does nothing
    here = Path(__file__).resolve().parent
    others = [entry for entry in sys.path if Path(entry).resolve() != here]
    sys.path[:] = [str(HOME), *others, str(here)]
    sys.modules.pop("lessons", None)
    if __name__ == "__main__":  # as with `python -m lessons` in this folder
        runpy.run_module("lessons", run_name="__main__", alter_sys=True)
    else:
        __import__("lessons")
