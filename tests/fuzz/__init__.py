"""Fuzz: what nobody would type, in great numbers, and always the same by a seed.

    commands   random commands, with their files
    inputs     random formulas, tables, saved models and exercises; and any bytes, changed a little
    uses       what is done with an input, and what is a fault
    corpus     inputs that once had a fault: they are tests now

`python -m tests.fuzz --minutes 5` tries all kinds in turn, and lists each kind of fault once.
"""
