"""Fuzz: what nobody would type, in great numbers, and always the same by a seed.

    changes    bytes that are changed a little
    commands   random commands, with their files
    inputs     random formulas, tables, saved models and exercises; their bytes changed, too
    uses       what is done with an input, and what is a fault
    corpus     inputs that once had a fault: they are tests now

`python -m tests.fuzz --minutes 5` tries all kinds in turn, and lists each kind of fault once.
"""
