"""Other libraries, if they happen to be installed."""

import importlib
import importlib.metadata
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def deep_recursion() -> Iterator[None]:
    """A place where Python's stack is deep enough for engines that recurse over their graphs."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def installed(name: str) -> Any:
    """The module of that name, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def versions(*names: str) -> str:
    """Which of these libraries are here, in words."""
    here = []
    for name in names:
        try:
            here.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(here) or "none is installed"
