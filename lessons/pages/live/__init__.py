"""Pictures of the book that a reader can move, and the small script that moves them."""
