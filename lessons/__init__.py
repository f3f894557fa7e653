"""Lessons: from a file of films to a model that learns. `python -m lessons` tells the story.

They are files, read as such and shown to the reader. In a zip file, such as `python -m zipapp`
makes, they are unpacked for as long as this Python runs.
"""

import os.path
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.abspath(*sys.argv[:1] or [""])
IS_COMMAND = sys.argv[:1] == ["-m"] or os.path.dirname(HERE) == RUN or os.path.dirname(RUN) == HERE

if sys.version_info < (3, 11):  # noqa: UP036  # in words that every Python can read
    NEEDS = "the lessons need Python 3.11 or later; this is " + sys.version.split()[0]
    raise SystemExit("error: " + NEEDS) if IS_COMMAND else ImportError(NEEDS)

import _signal  # type: ignore[import-not-found]  # the quick half of `signal`

if IS_COMMAND and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # until `guarded`: Ctrl-C ends it at once

import atexit
import shutil
import tempfile
import zipfile
from pathlib import Path

PACKED = None if os.path.isfile(__file__) else Path(HERE).parent  # the zip file

if PACKED:
    _folder = Path(tempfile.mkdtemp(prefix="mathlab-"))
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    with zipfile.ZipFile(PACKED) as _archive:
        _archive.extractall(_folder, [name for name in _archive.namelist()
                                      if name.startswith(("lessons/", "mathlab/"))])
    sys.path.insert(0, str(_folder))
    __path__ = [str(_folder / "lessons")]
