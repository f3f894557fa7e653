"""What is kept of the reader between two runs: her guesses, the hints she has seen, and the like.

All of it is one small file in her own folder for such things, never in the course:

    {
      "guesses": {"l03_line.line": {"guess": 40, "truth": 85.2, "right": false}},
      "hints": {"l07_rate_of_change": 2},
      "exercises": {"folder": "/home/ada/my_answers"}
    }

Nothing depends on it. Where it cannot be written nothing is kept, and where it cannot be read it is
left as it is; either is said once, in a line.
"""

import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

STATE = (".local", "state")  # where a home has no such folder of another name
Notes = dict[str, dict[str, Any]]


def file() -> Path | None:
    """Where the notes are; None for who has no folder of her own."""
    named = os.environ.get("XDG_STATE_HOME", "")
    if sys.platform == "win32":
        named = named or os.environ.get("LOCALAPPDATA", "")
    if os.path.isabs(named):
        folder = Path(named)
    else:
        try:
            home = Path.home()
        except RuntimeError:  # nobody knows where it is
            return None
        if not home.is_absolute():  # or the notes would be wherever one works
            return None
        parts = ("Library", "Application Support") if sys.platform == "darwin" else STATE
        folder = home.joinpath(*parts)
    return folder / "mathlab" / "lessons.json"


def part(name: str) -> dict[str, Any]:
    """One part of the notes, such as "hints"; empty if there is none."""
    return (_read() or {}).get(name, {})


def keep(name: str, key: str, value: Any) -> bool:
    """Write one thing into a part of the notes, None to take it out; whether it is kept."""
    path, notes = file(), _read()
    if path is None or notes is None:
        return False
    own = notes.setdefault(name, {})
    if own.get(key) == value:
        return True
    own |= {key: value}
    if value is None:
        del own[key]
    whole = json.dumps(notes, indent=1) + "\n"
    new = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_text(whole, encoding="utf-8")
            os.replace(new, path)  # all of it, or nothing
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        _say(f"nothing is kept of guesses and hints: {error.strerror or error}: {path}")
        return False
    return True


def forget() -> bool:
    """Begin anew; whether there was anything to forget.

    Raises: OSError.
    """
    path = file()
    if path is None or not path.exists():
        return False
    path.unlink()
    return True


def _read() -> Notes | None:
    """All notes; None if the file holds something else."""
    path = file()
    if path is None:
        return {}
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(notes, dict) and all(isinstance(own, dict) for own in notes.values())):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError):
        _say(f"{path} cannot be read, and is left as it is: --fresh removes it")
        return None
    return notes


@cache  # each text once
def _say(text: str) -> None:
    """A line beside the lesson."""
    print(f"note: {text}", file=sys.stderr)
