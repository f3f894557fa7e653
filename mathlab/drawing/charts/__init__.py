"""What the data show, and how it is drawn.

The chapters in reading order, each with the line of the page that it makes better:

    axis      An axis and its ticks: where a number goes, and which round numbers to write beside it
              `print(f"{step:4}`
    log_axis  A logarithmic axis: each step multiplies by ten, instead of adding
              `print(f"{step:4}`
    frame     Where everything goes: the numbers of a chart, laid out on a square of side 1
              `print(f"{step:4}`
    kind      What a chart asks of each thing in it, and what that thing can ask for when it is
              drawn:  `print(f"{step:4}`
    series    Dots, lines, walks, bars, bands and arrows: what the data show, as lists of numbers
              with a name:  `print(f"{step:4}`
    marks     Marks, words, guides and tangents: what is pointed out in a picture
              `print(f"{step:4}`
    sampling  A curve as dots to join by straight lines: many where it bends, few where it is
              straight:  `for _ in range(steps + 1):`
    curve     A function as a curve, on even axes and on logarithmic ones:  `print(f"{step:4}`
    contour   Contours of a grid by marching squares: lines of equal height, and the bands between
              them:  `print(f"{step:4}`
    levels    Round heights for the contour lines of a map: even ones, or 1, 2, 5, 10, 20,
              `slope * x + intercept`
    contours  A function of two numbers as a map: lines of equal height, denser where it is higher
              `print(f"{step:4}`
    chart     A chart: points, lines, curves and labels over one pair of axes, in the numbers of the
              data:  `print(f"{step:4}`
    sheet     The surface of a terminal: dots, lines, areas and words as characters on a sheet
              `print(f"{step:4}`
    terminal  A chart as text: drawn in Braille dots where the terminal can show them, else in plain
              ASCII:  `print(f"{step:4}`
    legend    The legend of an SVG file: of each layer what it looks like, and its label
              `print(f"{step:4}`
    svg       A chart as an SVG file: sharp at any size, and readable on a light page and on a dark
              one:  `print(f"{step:4}`
"""
