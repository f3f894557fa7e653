"""(to come)"""

def write(folder: str, seed: int) -> None:
    """To come."""
