"""Bytes that are changed a little: others, gone, doubled, elsewhere, or odd ones among them."""

PIECES = (
    *"()+-*/^=,.|`'\"#%&;:[]{}<>!?\\ \n\t\r\0_0123456789eExyπµ²½√∞·×−–’",
    *"\u00a0\u200b\u202e\ufeff\ud7ff𝜋",
    *("**", "//", "1e", "e308", "sin(", "x*", "((", "))", "nan", "inf", "--", "lambda"))
BYTES = (b'"', b",", b"\n", b";", b"\t", b"\r", b"1e999", b"-", b"\xff")


def changed(random, data):
    """Some bytes, of which a few are others, gone, doubled or elsewhere."""
    data = bytearray(data)
    for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
        at = random.randrange(len(data) + 1)
        length = random.choice((1, 1, 1, 2, 8, 64))
        kind = random.randrange(6)
        if kind == 0:
            data[at:at + length] = random.randbytes(length)
        elif kind == 1:
            del data[at:at + length]
        elif kind == 2:
            data[at:at] = data[at:at + length] * random.choice((1, 2, 50))
        elif kind == 3:
            data[at:at] = random.choice(PIECES).encode()
        elif kind == 4:
            data[at:at] = random.choice(BYTES)
        else:
            other = random.randrange(len(data) + 1)
            data[at:at] = data[other:other + length]
    return bytes(data)
