// Judges answers. What a reader types, the slope, and what each usual slip leads to are worked out
// at the same places: formulas that agree there are one. {places, slope, slips: [step, words, formula]}
const judge = ({places, slope, slips}, text) => {
  const at = formula => { const graph = read(formula, ["x"]); return places.map(x => value(graph, {x})); };
  const mine = at(text.replace(/^\s*(?:[a-z][^=<>!\d*]*)?=/i, "")), right = at(slope);
  const known = mine.flatMap((y, i) => Number.isFinite(y) ? [i] : []), near = 1e-7;
  const all = test => known.every(i => test(mine[i], right[i]));
  if (known.length < 3) return {words: "Yours has hardly any value near 0. Is a root or a logarithm too many?"};
  if (all((y, r) => Math.abs(y - r) <= near*Math.abs(r))) return {right: true, words: "Right."};
  for (const [step, words, wrong] of slips) {
    const there = at(wrong);
    if (known.every(i => Math.abs(mine[i] - there[i]) <= near*Math.abs(there[i]))) return {step, words};
  }
  const [i] = known, share = mine[i]/right[i], more = mine[i] - right[i];
  if (share && all((y, r) => Math.abs(y - share*r) <= near*Math.abs(y))) {
    return {words: Math.abs(share + 1) < near ? "Nearly: the sign is wrong."
      : `Nearly: a number in front is wrong: yours is ${+share.toPrecision(4)} times what it should be.`};
  }
  if (all((y, r) => Math.abs(y - r - more) <= near*Math.abs(r))) {
    return {words: `Nearly: a number that stands alone is wrong: yours is ${+more.toPrecision(6)} too many.`};
  }
  return {words: `Not so. At x = ${places[i]} yours is ${+mine[i].toPrecision(4)}, and the slope ${
    +right[i].toPrecision(4)}. No single slip explains it: compare yours with the steps.`};
};

if (typeof document !== "undefined") {
  const problems = JSON.parse(document.getElementById("problems").textContent), done = new Set();
  document.querySelectorAll("form").forEach((form, i) => {
    const said = form.querySelector("output");
    form.hidden = false;
    form.onsubmit = event => {
      event.preventDefault();
      try {
        const {right, step, words} = judge(problems[i], form.elements[0].value);
        if (right) done.add(i);
        said.textContent = step === undefined ? words : `Not so: ${words}. The first step that differs: `;
        const line = form.parentNode.querySelectorAll(".steps > li")[step];
        if (line) said.append(...line.cloneNode(true).childNodes);
      } catch (error) {
        said.textContent = `${error.message}. Once more?`;
      }
      document.getElementById("done").textContent = `${done.size} of ${problems.length} right.`;
    };
  });
}
