"""What `python -m mathlab` can be asked to do, a chapter for each command: derive, fit, predict."""
