"""Training and test rows: what the model has never seen shows what it has really learnt.

On the page: `for x, y in rows`, where every row is trained on.

>>> table = Table({"x": [10, 20, 30, 40, 50]})
>>> seen, unseen = split(table, 0.6, seed=3)
>>> seen["x"], unseen["x"]
([20, 40, 50], [10, 30])
"""

from random import Random

from mathlab.errors import DataError
from mathlab.learning.data.table import Table, is_finite_number, short


def split(table: Table, share: float, seed: int = 0) -> tuple[Table, Table]:
    """Return two tables: this share of the rows, drawn at random, and the others; both in the order
    in which they were. The same seed draws the same rows.

    Source: M. Stone, "Cross-validatory choice and assessment of statistical predictions" (1974).
    """
    if not isinstance(table, Table):
        raise DataError(f"a Table can be split, not {short(table)}")
    if not (is_finite_number(share) and 0 < share < 1):
        raise DataError(f"the share must be between 0 and 1, not {share!r:.40}")
    count = round(share * len(table))
    if not 0 < count < len(table):
        raise DataError(
            f"a share of {share:g} of the {len(table)} rows of {table.source} leaves none on one "
            "side; collect more, or take another share")
    drawn = set(Random(seed).sample(range(len(table)), count))
    others = [i for i in range(len(table)) if i not in drawn]
    return table.take(sorted(drawn)), table.take(others)
