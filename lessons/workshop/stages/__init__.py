"""The stages of the workshop: a page to read, a test, and hints, in one file for each."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

STAGES: dict[int, str] = {
    int(path.stem[1:3]): f"{__name__}.{path.stem}"
    for path in sorted(Path(__file__).parent.glob("s[0-9][0-9]_*.py"))
}


def stage(number: int) -> ModuleType:
    """The module of a stage."""
    return import_module(STAGES[number])
