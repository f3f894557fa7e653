// What moves the pictures of this book. Python writes the formulas, in `live(...)` at the end of
// the page; this script reads the levers, asks the formulas, and draws what they answer.
const KINDS = {};
const WHOLE = new Intl.NumberFormat("en"), WIDE = new Intl.NumberFormat("en", {maximumSignificantDigits: 4});
const SHORT = x => x !== x ? "-" : Math.abs(x) === Infinity ? "infinite"
  : x && (Math.abs(x) >= 1e12 || Math.abs(x) < 1e-3) ? x.toExponential(2) : (Number.isInteger(x) ? WHOLE : WIDE).format(x + 0);

// An element: its name, what it says, its attributes, and what stands in it.
const make = (name, text, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...inside);
  return element;
};
const drawn = (name, parent) =>
  parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
const set = (element, attributes) => {
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  return element;
};
const button = (text, work, parent) => {
  const made = make("button", text, {type: "button"});
  made.onclick = work;
  if (parent) parent.append(made);
  return made;
};

// The numbers of a chart and the pixels of its picture, both ways.
function paper(svg) {
  const [left, top, right, bottom] = svg.dataset.box.split(" ").map(Number);
  const axis = (words, from, to) => {
    const [low, high, kind] = words.split(" ");
    const log = kind === "log", of = log ? Math.log10 : Number, a = of(+low), b = of(+high);
    return {
      low: +low, high: +high,
      at: x => Math.max(-1e5, Math.min(1e5, from + (of(x) - a) / (b - a) * (to - from))),
      from: at => { const x = a + (at - from) / (to - from) * (b - a); return log ? 10 ** x : x; },
    };
  };
  const clip = set(drawn("clipPath", svg), {id: "box" + document.querySelectorAll("clipPath").length});
  set(drawn("rect", clip), {x: left, y: top, width: right - left, height: bottom - top});
  const layer = set(drawn("g", svg), {"clip-path": `url(#${clip.id})`, class: "moving"});
  return {svg, layer, left, top, right, bottom,
    x: axis(svg.dataset.x, left, right), y: axis(svg.dataset.y, bottom, top)};
}
const pixel = (on, x, y) => on.x.at(x).toFixed(1) + "," + on.y.at(y).toFixed(1);
const discs = (on, dots, r) => dots.filter(([x, y]) => isFinite(x) && isFinite(y)).map(([x, y]) =>
  `M${pixel(on, x, y)}m${-r},0a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0`).join("");
const strokes = (on, dots) => {
  let path = "", pen = "M";
  for (const [x, y] of dots) {
    if (isFinite(x) && isFinite(y)) { path += pen + pixel(on, x, y); pen = "L"; } else pen = "M";
  }
  return path;
};
const LOOKS = {
  line: strokes,
  dots: (on, dots) => discs(on, dots, 5),
  small: (on, dots) => discs(on, dots, 2.5),
  sticks: (on, dots) => dots.map(([x, y, u, v]) => `M${pixel(on, x, y)}L${pixel(on, u, v)}`).join(""),
  walk: (on, dots) => strokes(on, dots) + discs(on, dots, 3),
  arrow: (on, [[x, y, u, v]]) => {
    const a = on.x.at(x), b = on.y.at(y), c = on.x.at(u), d = on.y.at(v), way = Math.atan2(d - b, c - a);
    const barb = turn => `${(c - 12 * Math.cos(way + turn)).toFixed(1)},${(d - 12 * Math.sin(way + turn)).toFixed(1)}`;
    return `M${a},${b}L${c},${d}M${barb(.4)}L${c},${d}L${barb(-.4)}`;
  },
};

// A walk: its state after each step, until it is done or there were enough.
function walked({start, next, done}, given, most) {
  let state = start(...given);
  const all = [state];
  while (all.length <= most && !(done && done(...given, ...state) <= 0)) {
    state = next(...given, ...state);
    all.push(state);
  }
  return all;
}

// One of the sentences, with what belongs between its braces.
const fill = (name, parts) => SAID[name].replace(/{(\w+)}/g, (_, part) => parts[part]);

// What a reader guesses, before anything moves: a number, or one of a few answers.
function guessing({ask}, key, panel, open) {
  const said = make("p", "", {class: "said", role: "status"}), form = make("form", "", {class: "guess"});
  const told = guess => {
    const off = guess - ask.truth, by = Math.abs(off);
    const truth = ask.choices ? ask.choices[ask.truth] : SHORT(ask.truth) + (ask.unit ? " " + ask.unit : "");
    if (guess === "none") return fill(ask.choices ? "other" : "shown", {truth});
    if (ask.choices) return fill("chosen", {guess: ask.choices[guess], end: fill(off ? "other" : "so", {truth})});
    return fill("guessed", {guess: SHORT(+guess), truth, end:
      fill(!off ? "just" : by <= (ask.near || 0) ? "near" : off > 0 ? "high" : "low", {off: SHORT(by)})});
  };
  const wrong = make("p", "", {class: "wrong", role: "status"});
  const settle = guess => {
    const lines = !ask.axis ? "" : guess === "none" ? " The line is there." : " The full line is there, your guess is dotted.";
    said.textContent = told(guess) + lines;
    form.replaceWith(said);
    wrong.remove();
    open(guess === "none" || ask.choices ? null : +guess);
  };
  // 1,000 is a thousand, and 2,5 is 2.5, as many write it.
  const plain = text => text.trim().replace("\u2212", "-")
    .replace(/^(-?\d{1,3})((,\d{3})+)(?=$|\.)/, (_, a, b) => a + b.replaceAll(",", "")).replace(",", ".");
  const fits = text => ask.choices ? /^\d+$/.test(text) && +text < ask.choices.length
    : text.trim() && isFinite(text) && (!ask.between || (text >= ask.between[0] && text <= ask.between[1]));
  const tell = guess => {
    keep(key, guess);
    settle(guess);
    panel.querySelector("input, button")?.focus();
  };
  if (ask.choices) {
    ask.choices.forEach((text, i) => button(text, () => tell(i), form));
  } else {
    const field = make("input", "", {type: "text", inputmode: "decimal", autocomplete: "off"});
    form.append(make("label", ask.label + " ", {}, field), make("button", "Guess"));
    form.onsubmit = event => {
      event.preventDefault();
      const text = plain(field.value), [low, high] = ask.between || [];
      if (fits(text)) tell(+text);
      else wrong.textContent = text && isFinite(text) ? fill("range", {low, high}) : SAID.number;
    };
    panel.before(wrong);
  }
  button(SAID.skip, () => tell("none"), form);
  panel.before(form);
  const known = STATE.get(key);
  if (known === "none" || (known !== null && fits(known))) settle(known);
}

// A picture that moves. What would tell the answer, in it or in the text that follows, waits for
// the guess.
function live(name, spec) {
  const section = document.getElementById(name), papers = [...section.querySelectorAll("svg")].map(paper);
  const key = "guess" + (document.querySelectorAll(".live.on").length + 1 || "");
  const panel = make("div", "", {class: "panel"}), later = [];
  const words = [...section.querySelectorAll("desc")], heard = words.map(each => each.textContent);
  const still = (layers, hidden) => (layers || []).forEach(([chart, layer]) => papers[chart].svg
    .querySelectorAll(".layer-" + layer).forEach(part => part.classList.toggle("still", hidden)));
  section.classList.add("on");
  section.append(panel);
  if (spec.hint) panel.append(make("p", spec.hint));
  const opened = guess => {
    panel.hidden = !spec.kind && !spec.levers.length;  // a guess without a picture
    later.forEach(part => part.classList.remove("later"));
    words.forEach((each, i) => { each.textContent = heard[i] + " It moves; its numbers are below."; });
    still(spec.secret, false);
    still(spec.hides, true);
    if (!panel.hidden) (KINDS[spec.kind] || moving)(spec, papers, panel, name);
    if (spec.ask && spec.ask.axis) ghost(papers[spec.ask.chart || 0], spec.ask, guess);
  };
  if (!spec.ask) return opened(null);
  panel.hidden = true;
  still(spec.secret, true);
  if (spec.secret) words.forEach(each => { each.textContent = "Told after the guess."; });
  for (let part = section; (part = part.nextElementSibling) && !part.matches("h2, section, aside, .box, script, :has(output)");) {
    part.classList.add("later");
    later.push(part);
  }
  guessing(spec, key === "guess1" ? "guess" : key, panel, opened);
}

// Guess and truth stay in the picture, as a dotted and a full line across it.
function ghost(on, {axis, truth}, guess) {
  for (const [number, look] of [[truth, "truth"], [guess, "ghost"]]) {
    if (number === null) continue;
    const x = on.x.at(number), y = on.y.at(number);
    set(drawn("path", on.layer), {class: look, d: axis === "x"
      ? `M${x},${on.top}V${on.bottom}` : `M${on.left},${y}H${on.right}`});
  }
}

// Levers, numbers and marks: what most pictures are made of.
function moving(spec, papers, panel, name) {
  const levers = spec.levers.map(([id, label, low, high, step, start]) => {
    const box = high === 1 && low === 0 && step === 1;
    const input = make("input", "", box ? {type: "checkbox"} : {type: "range", min: low, max: high, step});
    const output = make("output"), known = STATE.get(id);
    const lever = {id, start, input, low, high,
      get value() { return box ? +input.checked : input.valueAsNumber; },
      set value(to) {
        if (box) input.checked = to > 0;
        else { input.step = "any"; input.value = to; }  // also what lies between two steps
      }};
    lever.value = known !== null && isFinite(+known) ? +known : start;
    input.oninput = () => {
      const {x, y, pick, rows} = spec.drag || {}, at = pick === id && rows[lever.value - 1];
      turn({[id]: lever.value, ...at && {[x]: at[0], [y]: at[1]}});
    };
    input.onkeydown = input.onpointerdown = () => { if (!box) input.step = step; };
    lever.show = () => { output.textContent = box ? "" : SHORT(lever.value); };
    panel.append(make("label", "", {class: "lever"}, make("span", label), input, output));
    return lever;
  });
  const lever = id => levers.find(each => each.id === id);
  const buttons = make("p", "", {class: "buttons"});
  for (const [text, to] of spec.buttons || []) button(text, () => turn(to), buttons);
  if (spec.play) playing(lever(spec.play), turn, buttons);
  button("Back to the start", () => {
    for (const mark of spec.marks) mark.trail = mark.trail && [];
    turn(Object.fromEntries(levers.map(each => [each.id, each.start])));
  }, buttons);
  panel.append(buttons);
  const table = make("table", "", {class: "numbers"});
  if (spec.heads) table.append(make("tr", "", {}, ...spec.heads.map(head => head ? make("th", head, {scope: "col"}) : make("td"))));
  const numbers = spec.numbers.map(([label, unit, f, most]) => {
    const cells = f.map(() => make("output")), row = make("tr", "", {}, make("th", label, {scope: "row"}));
    row.append(...cells.map(cell => make("td", "", {}, cell)));
    if (unit) row.append(make("td", unit));
    const bar = most && make("meter", "", {min: 0, max: most, "aria-label": label});
    if (bar) row.append(make("td", "", {}, bar));
    table.append(row);
    return {cells, f, bar};
  });
  if (numbers.length) panel.append(table);
  const key = make("p", "", {class: "legend"});
  for (const mark of spec.marks) {
    mark.path = set(drawn("path", papers[mark.chart].layer),
      {class: "mark " + mark.look, stroke: mark.colour, fill: mark.look === "dots" || mark.look === "small" ? mark.colour : "none"});
    if (mark.label) key.append(make("span", mark.label, {style: `border-color: ${mark.colour}`}));
    if (mark.dashed) mark.path.setAttribute("stroke-dasharray", "6 4");
    if (mark.trail) mark.trail = [];
  }
  if (key.children.length) panel.prepend(key);

  function given() {
    const values = levers.map(each => each.value);
    if (spec.given) return values.concat(spec.given(values));
    return spec.sums ? values.concat(spec.sums.f(spec.sums.rows, ...values)) : values;
  }
  function draw() {
    const values = given();
    for (const each of levers) each.show();
    for (const {cells, f, bar} of numbers) f.forEach((of, i) => {
      const x = of.next ? walked(of, values, of.most).length - 1 : of(...values);
      const most = cells[i].most = Math.max(cells[i].most || 0, isFinite(x) ? Math.abs(x) : 0);
      cells[i].textContent = SHORT(Math.abs(x) < 1e-12 * most ? 0 : x);  // what is left of it is rounding
      if (bar) bar.value = x;
    });
    for (const mark of spec.marks) {
      let dots = mark.next
        ? walked(mark, values, lever(mark.steps).value).map(state => mark.at(...values, ...state))
        : mark.rows.map(row => mark.f(...values, ...row));
      if (mark.trail) dots = mark.trail = [...mark.trail, ...dots].slice(-200);
      mark.path.setAttribute("d", LOOKS[mark.look](papers[mark.chart], dots));
    }
    if (spec.after) spec.after(values);
  }
  function changed(...moved) {
    for (const each of moved) keep(each.id, each.value);
    draw();
  }
  function turn(to) {
    for (const id in to) lever(id).value = to[id];
    changed(...Object.keys(to).map(lever));
  }
  if (spec.drag) for (const on of spec.drag.chart < 0 ? papers : [papers[spec.drag.chart]]) dragging(on, spec.drag, turn);
  draw();
}

// One step at a time; or, while the button is on, one after the other.
function playing(lever, turn, parent) {
  const step = by => turn({[lever.id]: Math.min(lever.high, Math.max(lever.low, lever.value + by))});
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches, words = calm ? "To the end" : "Run";
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; run.textContent = words; };
  button("One step back", () => { stop(); step(-1); }, parent);
  button("One step", () => { stop(); step(1); }, parent);
  const run = button(words, () => {
    if (timer) return stop();
    if (lever.value >= lever.high) turn({[lever.id]: lever.low});
    if (calm) { while (lever.value < lever.high) step(1); return; }
    run.textContent = "Stop";
    const pause = Math.max(40, Math.min(250, 8000 / (lever.high - lever.low)));
    timer = setInterval(() => { step(1); if (lever.value >= lever.high) stop(); }, pause);
  }, parent);
}

// A pointer on the picture turns the levers that stand for its place.
function dragging(on, {x, y, pick, rows}, turn) {
  const follow = event => {
    const matrix = on.svg.getScreenCTM().inverse(), at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    const to = {};
    if (event.type === "pointerdown" && pick) {
      const far = rows.map(([u, v]) => Math.hypot(on.x.at(u) - at.x, on.y.at(v) - at.y));
      to[pick] = far.indexOf(Math.min(...far)) + 1;
    }
    if (x) to[x] = on.x.from(at.x);
    if (y) to[y] = on.y.from(at.y);
    turn(to);
  };
  on.svg.classList.add("draggable");
  on.svg.onpointerdown = event => { on.svg.setPointerCapture(event.pointerId); follow(event); event.preventDefault(); };
  on.svg.onpointermove = event => { if (event.buttons) follow(event); };
}
