"""Files in a folder: each picture or page in a file of its own, and nothing else overwritten.

On the page: `print(f"{step:4}`. What is printed is gone with the window; a file stays.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = keep("<svg></svg>", Path(folder, "pictures"), "The cost curve")
...     path.name, path.exists()
('the-cost-curve.svg', True)
"""

import os
import re
import unicodedata
from pathlib import Path

OURS = 'class="mathlab"'  # in the first line of every picture that `svg` draws
LONGEST_NAME = 60  # letters of a name


def keep(text: str, folder: str | Path, name: str, suffix: str = ".svg", ours: str = OURS) -> Path:
    """Write a picture into the folder, which is made if it is not there; return its path.

    The name becomes one that any system takes. A file of that name is replaced, if it is one of
    ours, which its first line says; it is there as a whole or not at all.

    Raises: OSError, which says why in one line, if it cannot be written, or would overwrite another
    file.
    """
    return write(text, place(folder, name, suffix, ours), ours)


def write(text: str, path: Path, ours: str) -> Path:
    """The same in the file of that path, whose name stays as it is; return the path.

    Raises: OSError, as `keep` does.
    """
    check_file(path, ours)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError as error:  # it speaks of the part, which nobody asked for
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        part.unlink(missing_ok=True)
    return path


def place(folder: str | Path, name: str, suffix: str = ".svg", ours: str = OURS) -> Path:
    """Where a picture of that name belongs.

    Raises: FileExistsError if something stands there that is not ours, or at `folder`.
    """
    check_folder(folder)
    path = Path(folder) / f"{simple(name)}{suffix}"
    check_file(path, ours)
    return path


def check_file(path: Path, ours: str) -> None:
    """Make sure, before long work, that this file is one of ours or may become one.

    Raises: FileExistsError if something stands there that is not ours, or is a file on the way.
    """
    check_folder(path.parent)
    if os.path.lexists(path) and not (path.is_file() and ours in _first_line(path)):
        raise FileExistsError(f"{path} was not made by mathlab; move it, or name another folder")


def check_folder(folder: str | Path) -> None:
    """Make sure, before long work, that this is a folder or may become one.

    Raises: FileExistsError if it, or what it would be made in, is a file; FileNotFoundError if it
    has no name.
    """
    if not os.fspath(folder):
        raise FileNotFoundError("the folder has no name; . is the one you are in")
    place = Path(folder).absolute()
    while not os.path.lexists(place):
        place = place.parent
    if not place.is_dir():
        raise FileExistsError(f"{place} is a file, and no folder")


def simple(name: str) -> str:
    """The name in small letters, digits and hyphens.

    >>> simple("Two ways: á la 'b*x'?"), simple("???")
    ('two-ways-a-la-b-x', 'picture')
    """
    letters = "".join(unicodedata.normalize("NFKD", letter) for letter in name)
    words = re.findall("[a-z0-9]+", letters.encode("ascii", "ignore").decode().lower())
    return "-".join(words)[:LONGEST_NAME].strip("-") or "picture"


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline(10_000)
