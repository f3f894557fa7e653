"""6. The bottom in five guesses

Say that a car of no weight at all would go 45 miles on a gallon, and that each thousand pounds of
weight takes some miles off. How many? That is the lever:

    miles_per_gallon = 45 - factor*weight

The loss is the mean of the squared residuals over the cars in lessons/data/cars.csv, with weight in
thousands of pounds. Find a factor whose loss is within 1% of the lowest.

Write a first guess into a list, such as [20], and let it be checked. You will see the loss there,
and the slope of the cost curve. Add a second guess to the list, check again, and so on. The list
may hold five guesses at most, and one of them must be good enough.
"""

GUESSES = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
