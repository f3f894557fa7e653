"""The exercises, one file each: a question, and `...` where the reader's answer goes."""
