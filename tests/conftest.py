"""One option for all tests: `--all` runs every case of the large grids, and not a spread of them."""

from tests import thinned


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every case of the large random grids")


def pytest_configure(config):
    thinned.everything = config.getoption("--all")
