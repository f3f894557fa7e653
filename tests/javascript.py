"""Programs in JavaScript, run by Node where it is installed."""

import json
import shutil
import subprocess

import pytest

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="JavaScript is not installed")

# inf and nan are no numbers to JSON; all others arrive as the floats that they are.
SAID = 'JSON.stringify(found, (_, x) => typeof x === "number" ? String(x) : x)'


def run(program, found):
    """What an expression has become at the end of a program: lists, objects, texts and floats."""
    told = subprocess.run(["node", "-"], input=f"{program}\nconst found = {found};\n"
                          f"console.log({SAID});", capture_output=True, text=True, encoding="utf-8")
    assert told.stderr == ""
    return _floats(json.loads(told.stdout))


def _floats(found):
    if isinstance(found, list):
        return [_floats(x) for x in found]
    if isinstance(found, dict):
        return {key: _floats(x) for key, x in found.items()}
    try:
        return float(found)
    except (TypeError, ValueError):
        return found
