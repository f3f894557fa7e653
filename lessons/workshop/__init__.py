"""Build it yourself: an engine of the reader's own, in ten stages."""
