"""Eager: build the graph as the numbers are worked out, and sweep it backwards."""

import tracemalloc

from mathlab import Value
from tests.benchmark.peers import installed
from tests.benchmark.stored import Stored
from tests.benchmark.timing import Effort, print_row, print_times
from tests.benchmark.workloads import (
    POINTS,
    chain_step,
    gpt_step,
    line_step,
    network_step,
    sum_step,
)


def report(effort: Effort) -> None:
    """The same model, with only the class of its numbers exchanged."""
    peers = {"microgpt's way": Stored}
    if micrograd := installed("micrograd.engine"):
        peers = {"micrograd": micrograd.Value, **peers}
    workloads = {
        "a line, {:,} rows": (line_step, 100, 2_000),
        "a 2-16-16-1 relu network": (network_step, 2, POINTS),
        "a tiny GPT": (gpt_step, 1, 8),
        "a chain of {:,}": (chain_step, 1_000, 40_000),
        "a sum of {:,}": (sum_step, 1_000, 20_000),
    }
    turn = 0.3 if effort is Effort.FULL else 0.01
    for title, (step, least, size) in workloads.items():
        size = effort.of(least, size, size)
        known = {name: peer for name, peer in peers.items() if step is not gpt_step or
                 hasattr(peer, "exp")}
        ways = {"": step(Value, size), **{name: step(peer, size) for name, peer in known.items()}}
        print_times(f"eager: {title.format(size)}", ways, effort, turn)
        if step is network_step:
            ways = {**ways, "without": ways[""], "": network_step(Value, size, with_dot=True)}
            print_times("  the same with dot and total", ways, effort, turn)
    bytes_per_node(effort.of(1_000, 100_000, 100_000))


def bytes_per_node(count: int) -> None:
    """What a node takes, its number included."""
    x = Value(0.5, "x")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    y = x
    for _ in range(count):
        y = y * x
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print_row("eager: a node with its number", f"{(after - before) / count:.0f} bytes", [])
