"""Characters in a terminal, shapes in an SVG file, pictures in a folder.

The chapters in reading order. Each makes one line of the page better: `print(f"{step:4}`.

    text    Text for a terminal or a file: one line, no control characters, and no wider than there
            is room
    canvas  Braille dots and characters: how dots, lines and areas become characters on a sheet of
            cells
    signs   The signs of a picture in a terminal: so different that things are told apart without
            colour
    screen  The terminal: how wide it is, and whether it can show Braille dots, box lines and
            colours
    ink     The paper, words and colours of an SVG file: readable on a light page and on a dark one
    shapes  The shapes of an SVG file, each one element of its text: lines, areas, arrows, discs
    album   Files in a folder: each picture or page in a file of its own, and nothing else
            overwritten
"""
