"""Learning: collect, explore, train, predict, and what these four steps stand on."""
