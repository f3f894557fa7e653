"""Other libraries, if they happen to be installed."""

import importlib
import importlib.metadata
from typing import Any


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
