// A small network that is trained in the page: its walk goes on from where it was.
KINDS.train = (spec, papers, panel) => {
  const {nets, counts, seeds, adam, bed: [low, high]} = spec, cells = 32, wide = (high - low) / cells;
  const bands = [.5, .6, .7, .8].map(opacity => set(drawn("path", papers[0].layer),
    {fill: "#0072B2", "fill-opacity": opacity - .35}));
  let at = {}, levers = [], net;
  spec.given = ([units, start, steps]) => {
    if (at.units !== units || at.start !== start || at.steps > steps) {
      net = nets[counts.findLastIndex(count => count <= units)];
      at = {units, start, steps: 0, state: net.starts[start - 1].map(lever => [lever, 0, 0])};
    }
    for (; at.steps < steps; at.steps++) {
      const [, ...slopes] = net.sums(seeds, ...at.state.map(([lever]) => lever));
      at.state = at.state.map((each, i) => adam(...each, slopes[i] / seeds.length, at.steps + 1));
    }
    levers = at.state.map(([lever]) => lever);
    const right = seeds.filter(([east, north, is]) => (net.chance(east, north, ...levers) > .5) === (is > 0));
    return [net.sums(seeds, ...levers)[0] / seeds.length, right.length];
  };
  spec.after = () => {
    const paths = bands.map(() => ""), on = papers[0];
    for (let i = 0; i < cells; i++) for (let j = 0; j < cells; j++) {
      const east = low + i * wide, north = low + j * wide;
      const chance = net.chance(east + wide / 2, north + wide / 2, ...levers);
      const band = Math.min(3, Math.floor(5 * chance) - 1);
      if (band >= 0) paths[band] += `M${pixel(on, east, north)}L${pixel(on, east + wide, north)}L${
        pixel(on, east + wide, north + wide)}L${pixel(on, east, north + wide)}Z`;
    }
    bands.forEach((band, i) => band.setAttribute("d", paths[i]));
  };
  moving(spec, papers, panel);
};
