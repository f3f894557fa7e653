"""What mathlab promises, and the command that proves each promise.

    measures   the figures that no test prints
    table      the promises

`python -m tests.promises` runs the quick proofs, in about ten minutes; `--all` the long ones too.
"""
