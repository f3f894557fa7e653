// Pictures whose formula the reader types. What is typed is read by `reader.js`, never run.
const SAMPLES = Array.from({length: 241}, (_, i) => i / 240);
// No rule: central differences of ever smaller steps, two by two without the bend; and how far the
// best of them may be off.
function measured(f, x) {
  let h = 0.1 * Math.max(1, Math.abs(x)), last = NaN, before = NaN, best = [NaN, Infinity];
  for (let k = 0; k < 16; k++, h /= 2) {
    const slope = (f(x + h) - f(x - h)) / (2 * h), found = (4 * slope - last) / 3;
    const off = Math.abs(found - before) + 1e-15 * Math.abs(f(x)) / h;
    if (off < best[1]) best = [found, off];
    [last, before] = [slope, found];
  }
  return best;
}

// A field for a text; `use` is told of it, and may throw what is wrong with it.
function field(id, label, start, use, panel) {
  const input = make("input", "", {type: "text", spellcheck: "false", autocomplete: "off"});
  const wrong = make("p", "", {class: "wrong", role: "status"});
  const tell = () => {
    wrong.textContent = "";
    try { use(input.value); return true; } catch (error) { wrong.textContent = error.message; }
  };
  input.value = STATE.get(id) ?? start;
  input.oninput = () => { if (tell()) keep(id, input.value); };  // a link that works
  panel.append(make("label", label, {}, input), wrong);
  return () => {
    if (tell()) return;
    input.value = start;
    tell();
  };
}
// Of any names: those of one letter are tried first, for x(x + 1) and 7cosx; e is a number.
const ofAnyNames = text => {
  try { return read(text, [..."abcdfghijklmnopqrstuvwxyz"]); } catch { return read(text); }
};
const row = (cells, kind = "td") => make("tr", "", {}, ...cells.map(cell =>
  cell instanceof Node ? make(kind, "", {}, cell) : make(kind, cell, kind === "th" ? {scope: "col"} : {})));
const path = (on, colour, dashed) => set(drawn("path", on.layer), {class: "mark", stroke: colour, fill: "none",
  ...(dashed && {"stroke-dasharray": "6 4"})});
const curve = (on, f) => strokes(on, SAMPLES.map(part => {
  const x = on.x.low + part * (on.x.high - on.x.low);
  return [x, f(x)];
}));

// The upright axis, made to fit some curves, but for their steepest ends; its numbers stay short.
function rescale(on, ...curves) {
  const seen = curves.flatMap(f => SAMPLES.map(part => f(on.x.low + part * (on.x.high - on.x.low))))
    .filter(isFinite).sort((a, b) => a - b);
  if (!seen.length) throw Error("this has no value anywhere in the picture");
  const low = seen[Math.floor(seen.length * .02)], high = seen[Math.floor(seen.length * .98)];
  const ticks = [...on.svg.querySelectorAll(":scope > text[text-anchor=end]")].map(tick =>
    [tick, (on.bottom - (tick.getAttribute("y") - 4)) / (on.bottom - on.top)]).sort((a, b) => a[1] - b[1]);
  if (!on.ticks) {  // the picture's own numbers stay for the printer
    on.ticks = set(drawn("g", on.svg), {class: "moving"});
    for (const [tick] of ticks) { on.ticks.append(tick.cloneNode(true)); tick.classList.add("still"); }
  }
  const first = ticks[0][1], part = ticks.length > 1 ? ticks[1][1] - first : 1;
  const room = 1.2 * (high - low) || Math.abs(low) / 5 || 2, middle = low / 2 + high / 2;
  let whole = 0, from = 0;
  for (const step of [1, 2, 5, 10, 20, 50, 100]) {
    const unit = step * 10 ** Math.floor(Math.log10(room * part));
    whole = unit / part;
    from = unit * Math.round((middle - whole / 2 + first * whole) / unit) - first * whole;
    if (from <= low && from + whole >= high) break;
  }
  if (!isFinite(whole) || !(from + whole > from)) throw Error("this is too large to be drawn");
  on.y = {low: from, high: from + whole,
    at: y => Math.max(-1e5, Math.min(1e5, on.bottom + (y - from) / whole * (on.top - on.bottom)))};
  ticks.forEach(([, at], i) => {
    const number = +(from + at * whole).toPrecision(6), size = Math.abs(number);
    on.ticks.children[i].textContent = size < whole * 1e-9 ? "0"
      : size >= 1e5 || size < 1e-3 ? number.toExponential(0) : number;
  });
}

// A rule of the reader's own, against the numeric witness, which knows no rule.
KINDS.rule = ({start, places, colours}, [on], panel) => {
  const graphs = [], table = make("table", "", {class: "numbers"});
  const verdict = make("p", "", {class: "said", role: "status"});
  const lines = [path(on, colours[0]), path(on, colours[1], true), path(on, colours[2])];
  lines[2].setAttribute("fill", colours[2]);
  panel.append(make("p", "", {class: "legend"}, ...["f", "its slope, by your rule", "its slope, measured"].map(
    (text, i) => make("span", text, {style: `border-color: ${colours[i]}`}))));
  const judge = () => {
    verdict.textContent = "";
    table.replaceChildren();
    lines.forEach(line => line.removeAttribute("d"));
    if (!graphs[0] || !graphs[1]) return;
    const f = x => value(graphs[0], {x}), rule = x => value(graphs[1], {x, y: f(x)});
    rescale(on, f, rule);
    table.append(row(["x", "your rule", "measured"], "th"));
    let wrong = null, judged = 0;
    for (const x of places) {
      const said = rule(x), [found, off] = measured(f, x);
      table.append(row([x, said, found].map(SHORT)));
      if (!isFinite(found)) continue;
      judged++;
      if (wrong === null && !(Math.abs(said - found) <= 20 * off + 1e-6 * Math.abs(found))) wrong = [x, said, found];
    }
    lines[0].setAttribute("d", curve(on, f));
    lines[1].setAttribute("d", curve(on, rule));
    lines[2].setAttribute("d", discs(on, places.map(x => [x, measured(f, x)[0]]), 4));
    verdict.textContent = wrong
      ? `At x = ${SHORT(wrong[0])} your rule says ${SHORT(wrong[1])}, and measuring says ${SHORT(wrong[2])}.`
      : judged ? `At all ${judged} places your rule says what measuring says.`
        : "The function has no value near these places.";
  };
  const tell = ["f(x) = ", "its slope, by your rule: "].map((label, i) =>
    field(["f", "rule"][i], label, start[i], text => {
      graphs[i] = null;
      judge();
      graphs[i] = read(text, i ? ["x", "y"] : ["x"]);
      judge();
    }, panel));
  panel.append(table, verdict);
  tell.forEach(each => each());
};

// The graph with equal parts as one node, as a program has it that works each out once.
function joined(graph) {
  const places = new Map(), made = [], at = [];
  graph.forEach(({inputs, ...node}) => {
    if (inputs) node.inputs = inputs.map(i => at[i]);
    const key = JSON.stringify(node);
    if (!places.has(key)) places.set(key, made.push(node) - 1);
    at.push(places.get(key));
  });
  return made;
}

// The backward sweep, one node at a time; the reader says whose turn it is.
KINDS.sweep = ({start, numbers, names: named}, papers, panel) => {
  const table = make("table", "", {class: "numbers"}), said = make("p", "", {class: "said", role: "status"});
  const fields = make("p"), given = Object.create(null), called = new Map(named);
  let graph, found, texts, grads, turns, late;
  const names = () => graph.filter(({row, name, number}) => !row && name && number === undefined);
  const restart = () => {
    found = sweep(graph, given);
    grads = graph.map((_, i) => +(i === graph.length - 1));
    turns = graph.map(({row}) => !row);  // what has no inputs has nobody to hand on to
    late = [];
    show();
  };
  const turn = i => {
    turns[i] = true;
    graph[i].inputs.forEach((j, k) => {
      grads[j] += grads[i] * found.slopes[i][k];
      if (graph[j].row && turns[j] && !late.includes(j)) late.push(j);
    });
    show();
  };
  const next = () => turns.lastIndexOf(false);
  const show = () => {
    table.replaceChildren(row(["number", "value", "grad so far", "hand on"], "th"));
    for (let i = graph.length; i--;) {
      const go = button("Its turn", () => { turn(i); table.querySelector("button:enabled")?.focus(); });
      if (turns[i]) { go.disabled = true; go.textContent = graph[i].row ? late.includes(i) ? "too early" : "done" : "made from nothing"; }
      table.append(row([texts[i], SHORT(found.values[i]), SHORT(grads[i]), go]));
    }
    const off = graph.findIndex(({name}, i) => names().some(node => node.name === name)
      && !(Math.abs(grads[i] - found.grads[i]) <= 1e-9 * (1 + Math.abs(found.grads[i]))));
    said.textContent = next() >= 0 ? ""
      : found.grads.some(grad => !isFinite(grad)) ? "There is no slope here: a stage has none."
      : off < 0 ? "Every slope is right: each had all of its grad before its turn."
      : `${graph[off].name} has ${SHORT(grads[off])}, and should have ${SHORT(found.grads[off])}: ${
        late.map(j => texts[j]).join(" and ")} handed on too early. What came later was lost.`;
  };
  const tell = field("formula", "a formula of your own: ", start, text => {
    graph = joined(ofAnyNames(text));
    texts = symbolic(graph).values.map((part, i) => graph[i].row ? (called.has(part) ? `${called.get(part)} = ${part}` : part) : graph[i].name ?? SHORT(graph[i].number));
    fields.replaceChildren(...names().map(({name}, k) => {
      const input = make("input", "", {type: "number", step: "any"});
      input.value = given[name] ??= +(STATE.get("at." + name) ?? numbers[k % numbers.length]);
      input.oninput = () => { keep("at." + name, given[name] = input.valueAsNumber); restart(); };
      return make("label", `${name} = `, {}, input);
    }));
    restart();
  }, panel);
  const buttons = make("p", "", {class: "buttons"});
  button("One step in the right order", () => { if (next() >= 0) turn(next()); }, buttons);
  button("Again", restart, buttons);
  panel.append(fields, table, buttons, said);
  tell();
};

// A formula, its graph, the tangent, and the sweep over names that finds its slope.
KINDS.typed = ({start, place, colours}, [on], panel) => {
  const lines = colours.map(colour => path(on, colour)), table = make("table", "", {class: "numbers"});
  const said = make("p", "", {class: "formula"}), steps = make("table", "", {class: "numbers"});
  const slider = make("input", "", {type: "range", min: on.x.low, max: on.x.high, step: (on.x.high - on.x.low) / 400});
  let graph;
  slider.value = STATE.get("x") ?? place;
  const show = () => {
    const x = slider.valueAsNumber, f = x => value(graph, {x});
    const {grads} = sweep(graph, {x}), slope = grads[graph.findIndex(({name}) => name === "x")] ?? 0, y = f(x);
    lines[0].setAttribute("d", curve(on, f));
    lines[1].setAttribute("d", strokes(on, [on.x.low, on.x.high].map(u => [u, y + slope * (u - x)])) + discs(on, [[x, y]], 4));
    table.replaceChildren(...[["x", x], ["f(x)", y], ["slope", slope]].map(([label, number]) => row([label, SHORT(number)])));
  };
  const tell = field("f", "f(x) = ", start, text => {
    const now = read(text, ["x"]);
    rescale(on, x => value(now, {x}));
    graph = now;
    const {values, grads} = symbolic(graph), at = graph.findIndex(({name}) => name === "x");
    said.textContent = `d f / d x = ${at < 0 ? 0 : grads[at]}`;
    steps.replaceChildren(row(["number", "grad: the slope of f for it"], "th"));
    for (let i = graph.length; i--;) if (graph[i].row || graph[i].name === "x") steps.append(row([values[i], grads[i]]));
    show();
  }, panel);
  slider.oninput = () => { keep("x", slider.value); show(); };
  panel.append(make("label", "", {class: "lever"}, make("span", "x"), slider), table, said, steps);
  tell();
};
