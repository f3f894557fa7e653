"""Text read as a formula, and a formula typeset.

The chapters in reading order. Each makes one line of the page better: `return
ast.unparse(ast.parse(text[self]))`.

    tokens     The words of a formula: a text cut into numbers, names and signs
    elsewhere  Functions by the names they have elsewhere, and what stands for them here
    parse      Text read as a formula, safely: what is not arithmetic is refused, and nothing is
               ever run
    typeset    A formula as it would be typeset, with Unicode signs
    notation   A formula as a book prints it: where it has parentheses, a fraction, a sign or a dot
    latex      A formula in LaTeX, as a book prints it
    mathml     A formula in MathML, which browsers draw
"""
