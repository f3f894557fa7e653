"""Mutation: small mistakes are planted, one at a time, and the tests are to notice each.

    mutants         the mistakes that a source text can have
    recording       which test runs which line
    trial           the tests, run against one mutant in a Python of its own
    equivalents.md  mutants that no test can notice, with a reason each

`python -m tests.mutation calculus` plants 100 of them in that folder, drawn by a seed, and lists
those that no test noticed.
"""
