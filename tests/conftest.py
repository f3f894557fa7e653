"""For all tests: `--all` runs every case of the large grids; rows that tests add are forgotten."""

import pytest

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
