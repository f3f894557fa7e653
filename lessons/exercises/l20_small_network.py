"""20. The winding river

A river winds across a map, from its west edge to its east edge: first it runs up to the north, then
down to the south, up again, down again, and up once more. 100 houses stand on the map, and of each
it is known on which bank. A network like that of this lesson learns from them, with the features
east and north, Adam and the log loss. Then 200 validation houses are shown to it, which it has not
learnt from. It must get 186 of them right.

You choose how many units it has (1 to 5), how many steps it takes (1 to 300), how long they are
(the learning rate; the lesson takes 0.1), and the seed of the random numbers at which it starts.
Sketch the river first. How many straight lines would follow it? So many units will do, but none is
to spare, and from most starts the walk ends stuck: you will have to search. And say how many levers
a network of so many units has: count the names in the formula of the lesson.

The check trains it, and says how many houses it gets right. Turn one thing at a time. With

    python -m lessons 20 --watch

it is trained anew each time you save this file. As you choose by the validation houses, they are
not new for long. So when it is enough, the network is shown 200 test houses, once.
"""

UNITS = ...
LEVERS = ...  # of a network with so many units, and two features
STEPS = ...
RATE = ...
START = ...  # a whole number from 0 to 99


if __name__ == "__main__":
    import lessons.check  # says whether it is right
