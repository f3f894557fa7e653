"""A picture that moves, worked out in Python as the page's script does: by its formulas."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.pages.live.live import Live, Moving, Walk
from mathlab import Value


class Moved:
    """A live picture with its levers turned: those that are not named stand where they start.
    Sums over rows are known as levers are."""

    def __init__(self, live: Live, **turned: float) -> None:
        self.live = live
        self.levers = {lever.of.name: float(lever.start) for lever in live.levers}
        assert turned.keys() <= self.levers.keys()
        self.levers |= turned
        if live.sums:
            columns, formulas = live.sums.rows, [*live.sums.of.values()]
            rows = [self.ask(formulas, dict(zip(columns, row, strict=True)))
                    for row in zip(*columns.values(), strict=True)]
            sums = map(sum, zip(*rows, strict=True))
            self.levers |= dict(zip([x.name for x in live.sums.of], sums, strict=True))

    @property
    def numbers(self) -> dict[str, Any]:
        """The numbers beside the picture, by their labels."""
        return {each.label: self.number(each.of) for each in self.live.numbers}

    def number(self, of: Any) -> Any:
        """A formula, several, or the length of a walk."""
        if isinstance(of, Walk):
            return len(self.walked(of, of.most)) - 1
        return self.ask([of], {})[0] if isinstance(of, Value) else self.ask(of, {})

    def dots(self, mark: int) -> list[list[float]]:
        """The places of a mark: one for each row, or for each step of its walk."""
        moving: Moving = self.live.marks[mark]
        if moving.walk:
            names = [x.name for x in moving.walk.state]
            most = round(self.levers[moving.steps])
            return [self.ask(moving.place, dict(zip(names, state, strict=True)))
                    for state in self.walked(moving.walk, most)]
        rows = [*zip(*moving.rows.values(), strict=True)] if moving.rows else [()]
        return [self.ask(moving.place, dict(zip(moving.rows, row, strict=True))) for row in rows]

    def walked(self, walk: Walk, most: int) -> list[list[float]]:
        """The states of a walk."""
        names, states = [x.name for x in walk.state], [self.ask(walk.start, {})]
        while len(states) <= most:
            state = dict(zip(names, states[-1], strict=True))
            if walk.done is not None and self.ask([walk.done], state)[0] <= 0:
                break
            states.append(self.ask(walk.next, state))
        return states

    def ask(self, formulas: Sequence[Value], others: Mapping[str, float]) -> list[float]:
        """The formulas, with the levers as they stand."""
        return [float(each.at(**self.levers, **others)) for each in formulas]
