"""An expression graph, laid out and drawn.

The chapters in reading order. Each makes one line of the page better: `order: dict[Value, None] =
{}`.

    nodes    An expression graph in words: how each node was made, its numbers, and what there is in
             all
    layers   The layers of a graph: who stands in which row of its picture, and in what order
    spacing  Boxes in rows that pull each other straight: how far to the right everything stands
    wires    Wires between two rows of boxes: which bends above which, so that none lies on another
    boxes    An expression graph as boxes and wires of characters, from the inputs down to the
             result
    diagram  An expression graph as an SVG file: boxes and curves, from the inputs down to the
             result
    graph    An expression graph as a picture: which number was made from which, and what slope each
             has
"""
