"""Eager: build the graph as the numbers are worked out, and sweep it backwards."""

import tracemalloc

from mathlab import Value
from tests.benchmark.peers import installed
from tests.benchmark.stored import Stored
from tests.benchmark.timing import print_row, print_times
from tests.benchmark.workloads import chain_step, gpt_step, line_step, network_step, sum_step


def report(quick: bool) -> None:
    """The same model, with only the class of its numbers exchanged."""
    peers = {"microgpt's way": Stored}
    if micrograd := installed("micrograd.engine"):
        peers = {"micrograd": micrograd.Value, **peers}
    workloads = {
        "a line, 2,000 rows": line_step,
        "a 2-16-16-1 relu network": network_step,
        "a tiny GPT": gpt_step,
        "a chain of 40,000": chain_step,
        "a sum of 20,000": sum_step,
    }
    for title, step in workloads.items():
        known = {name: peer for name, peer in peers.items() if step is not gpt_step or
                 hasattr(peer, "exp")}  # fmt: skip
        ways = {"": step(Value), **{name: step(peer) for name, peer in known.items()}}
        print_times(f"eager: {title}", ways, quick, turn=0.01 if quick else 0.3)
        if step is network_step:
            ways = {**ways, "without": ways[""], "": network_step(Value, with_dot=True)}
            print_times("  the same with dot and total", ways, quick, turn=0.01 if quick else 0.3)
    bytes_per_node()


def bytes_per_node() -> None:
    """What a node takes, its number included."""
    count = 100_000
    x = Value(0.5, "x")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    y = x
    for _ in range(count):
        y = y * x
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print_row("eager: a node with its number", f"{(after - before) / count:.0f} bytes", [])
