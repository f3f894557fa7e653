"""For all tests: `--all` runs every case of the large grids; rows that tests add are forgotten."""

import gc

import pytest

from lessons import notes
from mathlab.calculus.graph.operations import BUILT_IN, ROWS
from tests import thinned


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every case of the large random grids")


def pytest_configure(config):
    thinned.everything = config.getoption("--all")


@pytest.fixture(autouse=True)
def forget_rows():
    yield
    for name in ROWS.keys() - BUILT_IN.keys():
        del ROWS[name]


@pytest.fixture(autouse=True)
def no_notes(tmp_path_factory, monkeypatch):
    """No test sees the notes of who runs it, or writes into them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    notes._say.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def compile_once(tmp_path_factory):
    """The Pythons that tests start share what they compile, and leave nothing beside the source."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patched.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(scope="module", autouse=True)
def search_less_garbage():
    gc.freeze()  # what was made so far, thousands of tests above all, is not searched again
