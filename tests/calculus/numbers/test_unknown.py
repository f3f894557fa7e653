"""The number of a symbol: arithmetic keeps it unknown, and it decides nothing."""

import copy
import operator
import pickle

import pytest

from mathlab.calculus.numbers.unknown import UNKNOWN, Unknown
from mathlab.errors import NoNumberError, UnknownError

ARITHMETIC = (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow)


@pytest.mark.parametrize("apply", ARITHMETIC, ids=lambda f: f.__name__)
@pytest.mark.parametrize("number", [0, 1, 2.5, 1j], ids=str)
def test_arithmetic_with_an_unknown_is_unknown(apply, number):
    assert apply(UNKNOWN, number) is apply(number, UNKNOWN) is apply(UNKNOWN, UNKNOWN) is UNKNOWN


def test_so_is_its_opposite():
    assert -UNKNOWN is UNKNOWN


@pytest.mark.parametrize("ask", [operator.lt, operator.le, operator.gt, operator.ge])
def test_it_cannot_be_compared(ask):
    for numbers in ((UNKNOWN, 0), (0, UNKNOWN), (UNKNOWN, UNKNOWN)):
        with pytest.raises(UnknownError, match=r"use maximum, absolute or where.*f\.at\(x=1\.5\)"):
            ask(*numbers)


def test_it_is_neither_true_nor_false():
    with pytest.raises(UnknownError):
        bool(UNKNOWN)


@pytest.mark.parametrize(
    "how", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x)), lambda x: x]
)
def test_there_is_only_one(how):
    assert how(UNKNOWN) is UNKNOWN
    assert isinstance(UNKNOWN, Unknown)
    assert repr(UNKNOWN) == "unknown"


@pytest.mark.parametrize("ask", [float, int, complex, round, "{:.2f}".format])
def test_it_is_no_number_to_convert(ask):
    with pytest.raises(NoNumberError, match="no number yet to convert, round or format"):
        ask(UNKNOWN)
    assert f"{UNKNOWN}" == "unknown"
