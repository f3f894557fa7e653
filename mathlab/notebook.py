"""What a notebook shows of a thing that is the last in a cell.

A notebook, such as Jupyter's, asks it for `_repr_latex_`, `_repr_svg_` or `_repr_html_`, and shows
what comes instead of plain text. Each stands where the thing does: of Values in `mathlab`, of
charts in `drawing`. This is what those of tables have in common.

>>> print(html_table(["x", "x < 2"], [["1", "yes"], ["3", "no"]]))
<table>
<thead><tr><th style="text-align: left">x</th><th>x &lt; 2</th></tr></thead>
<tbody>
<tr><td style="text-align: left">1</td><td>yes</td></tr>
<tr><td style="text-align: left">3</td><td>no</td></tr>
</tbody>
</table>
"""

from collections.abc import Iterable, Sequence
from html import escape

LEFT = ' style="text-align: left"'  # a notebook has them to the right


def html_table(head: Sequence[str], rows: Iterable[Sequence[str]], title: str = "", *notes: str,
               left: Sequence[bool] = (True,)) -> str:
    """Return texts as a table in HTML, with a title above it, and notes beneath.

    left   whether a column stands to the left; those it does not reach stand to the right
    """
    looks = [LEFT if i < len(left) and left[i] else "" for i in range(len(head))]

    def line(cells: Sequence[str], tag: str) -> str:
        inside = (f"<{tag}{look}>{escape(cell)}</{tag}>"
                  for cell, look in zip(cells, looks, strict=True))
        return f"<tr>{''.join(inside)}</tr>"

    above, beneath = (f"<p>{'<br>'.join(map(escape, filter(None, words)))}</p>"
                      for words in ([title], notes))
    body = [line(row, "td").replace("\n", "<br>") for row in rows]
    top = f"<thead>{line(head, 'th')}</thead>"
    whole = [above, "<table>", top, "<tbody>", *body, "</tbody>", "</table>", beneath]
    return "\n".join(part for part in whole if part != "<p></p>")
