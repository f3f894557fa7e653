"""24. How fast do the galaxies leave? At 424 kilometers per second more for each million parsecs.

The second parameter lowers the loss a little, as any parameter does, but not by enough to pay for
itself: AIC is 1.7 higher. That is less than 2 and decides hardly anything, so the simpler model
will do. Today h is known to be near 70: Hubble's distances were much too short, and no standard
error can know of that.
"""

H = 423.937
LOW = 336.73
HIGH = 511.14

BETTER = "one"
