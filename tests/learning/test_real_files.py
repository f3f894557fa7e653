"""`python -m mathlab fit` on real files, as people have them: first time right, to R's digits."""

import json
import re

import pytest

from mathlab.__main__ import main
from tests.learning.real_files import FILES, FOLDER

NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")


def name_of(file):
    return f"{file.name}: {file.model}"


def shown(text):
    """Every number in a text, and the half of its last digit."""
    for match in NUMBER.finditer(text):
        written = match.group().replace("−", "-").replace(",", "")
        digits, _, power = written.lower().partition("e")
        decimals = len(digits.partition(".")[2])
        yield float(written), 0.5 * 10.0 ** (int(power or 0) - decimals)


def is_shown(value, text, digits=2):
    """Whether a number stands in a text, with at least so many digits and rounded as it should
    be."""
    return any(abs(number - value) <= half * 1.0001 and abs(value) >= half * 2 * 10 ** (digits - 1)
               for number, half in shown(text))


def test_what_is_shown():
    text = "a 3.93, standard error 0.4155; AIC 1,234.5 and −2e-05"
    assert is_shown(3.9324, text) and is_shown(0.41551, text) and is_shown(1234.5432, text)
    assert is_shown(-2.04e-5, text, 1)
    assert not is_shown(3.9374, text) and not is_shown(0.3, text) and not is_shown(-2.04e-5, text)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """What a command printed for a file, and the parameters that it saved; once for each."""
    known = {}

    def fit(file, capsys):
        if file.name + file.model not in known:
            path = tmp_path_factory.mktemp("fits") / "fit.json"
            status = main(["fit", str(FOLDER / file.name), file.model, *file.options,
                           "--save", str(path)])
            said = capsys.readouterr()
            saved = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            known[file.name + file.model] = status, said.out, said.err, saved
        return known[file.name + file.model]

    return fit


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_it_is_read_and_fitted_the_first_time(file, fitted, capsys):
    status, _, err, saved = fitted(file, capsys)
    assert (status or 0, err) == (0, "")
    found = saved["parameters"]
    assert len(found) == len(file.parameters)
    for name, (value, *_) in file.parameters.items():
        assert found[name] == pytest.approx(value, rel=1e-7), name


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_report_has_the_standard_errors_and_figures_of_r(file, fitted, capsys):
    _, out, _, _ = fitted(file, capsys)
    for name, (value, error, _, _) in file.parameters.items():
        assert is_shown(value, out), name
        assert is_shown(error, out), f"standard error of {name}"
    for name, value in file.figures.items():
        if name in {"R squared", "AIC"}:
            assert is_shown(value, out, 3), name


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_report_has_the_p_values_and_the_adjusted_r_squared(file, fitted, capsys):
    _, out, _, _ = fitted(file, capsys)
    for name, (_, _, _, p) in file.parameters.items():
        if p > 1e-3:
            assert is_shown(p, out, 1), f"p of {name}"
    if adjusted := file.figures.get("adjusted R squared"):
        assert is_shown(adjusted, out, 3)
