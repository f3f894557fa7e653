"""24. How fast do the galaxies leave?

In 1929 Edwin Hubble had 24 galaxies: how far each is from us (in million parsecs), and how fast it
moves away (in kilometers per second; below 0 it comes nearer). They stand in
lessons/data/hubble.csv, in the columns distance and velocity. He took a model with one parameter:

    python -m mathlab fit lessons/data/hubble.csv "velocity = h*distance"

Run this. What is h? From where to where does its 95% interval reach? Write the numbers here, with
all digits that the report has.

Then run the command with a second parameter: "velocity = h*distance + c". Which of the two models
does AIC take, the one with "one" parameter or that with "two"?
"""

H = ...
LOW = ...
HIGH = ...

BETTER = ...  # "one" or "two"


if __name__ == "__main__":
    import lessons.check  # says whether it is right
