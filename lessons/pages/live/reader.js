// The page's own reader: a text becomes a graph; a graph has a value, slopes, and a derivative.
// It knows no derivative: all rows stand in TABLE, which mathlab writes (code/javascript.py), those
// of arithmetic among them; and one sweep runs over numbers and over names. A graph is a list of
// nodes, inputs first and the result last: {name}, {number}, or {row, inputs}, where the inputs are
// places in the list.
const {read, value, sweep, symbolic} = (() => {
  const LONGEST = 1000, MOST_SHOWN = 2000;  // characters of a text that is read, or written
  const [SUM, PRODUCT, SIGN, POWER, ATOM] = [0, 1, 2, 3, 4];  // how closely a part binds
  const RANKS = {  // of a sign, and of the inputs that it takes without parentheses
    __proto__: null, "+": [SUM, SUM, PRODUCT], "-": [SUM, SUM, PRODUCT], negate: [SIGN, PRODUCT],
    "*": [PRODUCT, PRODUCT, SIGN], "/": [PRODUCT, PRODUCT, SIGN], "**": [POWER, ATOM, SIGN]};
  const FAMOUS = {__proto__: null, pi: Math.PI, e: Math.E};
  const OTHER = {__proto__: null, ln: "log", abs: "absolute", min: "minimum", max: "maximum",
    arcsin: "asin", arccos: "acos", arctan: "atan"};
  const SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "⋅": "*", "⁄": "/", "^": "**"};
  const WORD =
    /((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(\p{L}[\p{L}\d_]*)(?=(\s*\()?)|(\*\*|\S)/gu;
  const KNOWN = Object.keys({...FAMOUS, ...OTHER, ...TABLE});
  const called = (name, row = OTHER[name] ?? name) => row in TABLE && !(row in RANKS) && row;
  const COMMA = "a comma separates inputs of a function; decimals have a point";

  function read(source, names) {
    if (source.length > LONGEST) {
      throw Error(`a text of ${source.length} characters is too long: ${LONGEST} are read`);
    }
    const apart = (rest, last) => rest ? [...names, ...KNOWN].flatMap(each =>
      rest.startsWith(each) && (!last || called(last) || !names.includes(each))
        ? apart(rest.slice(each.length), each).map(more => `${each} ${more}`) : []) : [""];
    const text = source.replace(/[⁰¹²³⁴-⁹⁻]+/g, run => `^${run.normalize("NFKD")} `
    ).replace(/(\d\s*)?([¼-¾⅐-⅞])/g, (_, number, sign) => {  // ½ is (1⁄2)
      const digits = sign.normalize("NFKD");
      if (number) throw Error(`write ${number}+ ${digits} or ${number}* ${digits}`);
      return `(${digits})`;
    }).replace(/π/g, " pi ").replace(/\p{L}[\p{L}\d_]*/gu, name => {  // xcosx is x cos x
      if (!names || names.includes(name) || called(name) || name.length > 40) return name;
      const [way, other] = apart(name);
      return other || !way ? name : way.trim();
    });
    const graph = [], words = [...text.matchAll(WORD), Object.assign([""], {index: text.length})];
    let at = 0;  // the word that is read next
    const add = node => graph.push(node) - 1;
    const sign = () => SIGNS[words[at][4]] ?? words[at][4];
    const fail = (why, {index, 0: word} = words[at]) => {  // what and where, on one line
      const before = `${index > 12 ? "..." : ""}${text.slice(Math.max(0, index - 12), index)}`;
      const after = text.slice(index + word.length, index + word.length + 12);
      const message = `cannot read ${before}»${word.slice(0, 20)}«${after}: ${why}`;
      throw Error(message.replace(/[\s\p{C}]+/gu, " "));
    };

    function input() {  // a number, a name, a call, or what stands in parentheses
      const word = words[at], [, number, name, call, other] = word;
      const known = called(name), mine = names?.includes(name);
      if (+number === Infinity) fail("the number is too large");
      if (!number && !name && other !== "(") fail("a number or a name is missing here");
      if (call && !known && !mine && !(names && name === "pi")) {
        fail(`${name} is not a function; a product is ${name}*(...)`);
      }
      if (known && !call) return bare(known, name, words[at + 1], words[at + 2]);
      if (name && !known && !(name in FAMOUS) && names && !mine) {
        fail(`there is no ${name} here, but ${[...names, "pi", "e"].join(", ")}`);
      }
      at += known ? 2 : 1;
      if (number) return add({number: +number});
      if (name in FAMOUS) return add({number: FAMOUS[name], name});
      if (name && !known) {
        const place = graph.findIndex(node => node.name === name);
        return place < 0 ? add({name}) : place;
      }
      const inputs = [];
      do inputs.push(part(SUM)); while (known && sign() === "," && ++at);
      if (sign() === ",") fail(COMMA);
      if (sign() !== ")") fail("a ) is missing", words[at][0] ? words[at] : word);
      at += 1;
      const n = known ? TABLE[known].n : 1;
      if (n !== inputs.length) fail(`${name} needs ${n} input${n > 1 ? "s" : ""}`, word);
      return known ? add({row: known, inputs}) : inputs[0];
    }

    function bare(row, name, [x, number, letter], after) {  // sin x
      if (TABLE[row].n > 1 || !(number || (letter && !called(letter)))) fail(`write ${name}(...)`);
      const next = SIGNS[after[4]] ?? after[4] ?? "*", more = `${next.replace("(", "*")}...`;
      if (after[0] && !"+-,)".includes(next) && !called(after[2])) {
        fail(`write ${name}(${x})${more} or ${name}(${x}${more})`, after);
      }
      at += 1;
      return add({row, inputs: [input()]});
    }

    // An exponent ends before a space, and if it is (...) or a name; if it is a number, before e, a
    // function or a parenthesis, if the power is not that of a number: in x^4e^x, but not in e^2x.
    function isOver([, , , , opening], place) {
      const [end, number, , , closing] = words[at - 1], [, , name] = words[at];
      return opening === "(" || (closing !== ")" && (!number
        || words[at - 1].index + end.length < words[at].index
        || (graph[graph[place].inputs[0]].number === undefined
          && (!name || called(name) || name in FAMOUS))));
    }

    function part(least) {  // what follows, as far as it binds at least as closely as this
      const begin = words[at].index;
      const signed = "+-".includes(sign()) && words[at++][0];
      let place = signed ? part(SIGN) : input(), last, from;
      if (signed && signed !== "+") place = add({row: "negate", inputs: [place]});
      for (;;) {
        const before = words[at - 1], [, number, name, call, other] = words[at];
        if (number) fail("no sign stands before this number");
        const leftOut = name || other === "(", row = leftOut ? "*" : sign();
        if (leftOut && before[1]?.match(/e/i)) fail("write * before this");
        if (leftOut && (last === "/" || (last === "**" && !isOver(words[from], place)))) {
          const {index} = words[from], left = text.slice(begin, index);  // 1/2x and e^2x
          const right = text.slice(index, words[at].index).trim(), y = `${name ?? ""}${
            !name || call || called(name) ? "(...)" : ""}`;
          fail(`write ${left}${right}*${y} or ${left}(${right}*${y})`);
        }
        if (!(row in RANKS) || RANKS[row][0] < least) return place;
        if (!leftOut) at += 1;
        last = row;
        from = at;
        place = add({row, inputs: [place, part(row === "**" ? SIGN : RANKS[row][0] + 1)]});
      }
    }

    part(SUM);
    if (sign() === ",") fail(COMMA);
    if (words[at][0]) fail(sign() === ")" ? "this closes nothing" : "this means nothing here");
    return graph;
  }

  // What each node is, from what its inputs are.
  function evaluated(graph, {leaf, compute}) {
    const values = [];
    for (const node of graph) {
      values.push(node.row ? compute(node.row, ...node.inputs.map(j => values[j])) : leaf(node));
    }
    return values;
  }

  // The chain rule, run backwards: each node hands its grad on to its inputs, times the slope in
  // the table. What a number is, it does not ask: a `kind` computes, and has the slopes.
  function swept(graph, kind) {
    const values = evaluated(graph, kind), grads = [];
    const varies = evaluated(graph, {
      leaf: ({number}) => number === undefined, compute: (_, ...inputs) => inputs.includes(true)});
    const slopes = graph.map(({row, inputs = []}, i) => inputs.map((j, k) => varies[j]
      ? kind.slope(row, k, [...inputs.map(each => values[each]), values[i]]) : kind.zero));
    grads[graph.length - 1] = kind.one;
    for (let i = graph.length; i--;) {
      const {row, inputs = []} = graph[i];
      inputs.forEach((j, k) => {
        if (grads[i] === undefined || !varies[j]) return;  // nothing has asked, or nothing moves
        if (row === "where" && !kind.takes(values[inputs[0]], k)) return;
        const part = kind.compute("*", grads[i], slopes[i][k]);
        grads[j] = grads[j] === undefined ? part : kind.compute("+", grads[j], part);
      });
      grads[i] ??= kind.zero;
    }
    return {values, slopes, grads};
  }

  // Over numbers, such as {x: 1.5}.
  const over = numbers => ({
    zero: 0, one: 1,
    leaf: ({name, number}) => number ?? (Object.hasOwn(numbers, name) ? numbers[name] : NaN),
    compute: (row, ...inputs) => TABLE[row].f(...inputs),
    slope: (row, k, given) => Number.isNaN(given.at(-1)) ? NaN : TABLE[row].d[k](...given),
    takes: (condition, k) => k === (condition > 0 ? 1 : 2),
  });

  // Over names: a part is its text, and how closely it binds. What 0, 1 or a sign does is done.
  function written(row, ...parts) {
    const [x, y] = parts, [a, b] = parts.map(([text]) => /^-?\d/.test(text) ? +text : NaN);
    const folded = row in RANKS || row === "absolute" ? TABLE[row].f(a, b) : NaN;  // 2*3, not 1/3
    if (Number.isSafeInteger(folded)) return plain(folded);
    if (row === "where" && a === a) return parts[a > 0 ? 1 : 2];
    if (row === "*" && (a === 0 || b === 0)) return plain(0);
    if ((a === 0 && row === "+") || (a === 1 && row === "*")) return y;
    if ((b === 0 && "+-".includes(row)) || (b === 1 && "**/".includes(row))) return x;
    if ((a === 0 && row === "-") || (a === -1 && row === "*")) return written("negate", y);
    const minus = parts.map(([text, rank]) => text[0] === "-" && rank !== SUM);
    const bare = ([text, rank]) => [text.slice(1), rank === SIGN ? POWER : rank];
    if (row === "negate" && minus[0]) return bare(x);
    if ("+-".includes(row) && minus[1]) return written(row === "+" ? "-" : "+", x, bare(y));
    if ("*/".includes(row) && minus[0]) return written("negate", written(row, bare(x), y));
    if (row === "*" && minus[1]) return written("negate", written(row, x, bare(y)));
    if (row === "*" && a !== a && b === b) return written(row, y, x);  // a number comes first
    const [rank, ...least] = RANKS[row] ?? [ATOM];
    const texts = parts.map(([text, own], k) => own < (least[k] ?? SUM) ? `(${text})` : text);
    const text = row === "negate" ? `-${texts[0]}` : !(row in RANKS) ? `${row}(${texts.join(", ")})`
      : row === "*" && texts[1].startsWith("(1/") && y[1] === PRODUCT ? texts[0] + y[0].slice(1)
      : texts.join(rank === SUM ? ` ${row} ` : row);
    if (text.includes("...") || text.length > MOST_SHOWN) return ["...", ATOM];
    return [text, row === "negate" && x[1] === PRODUCT ? PRODUCT : rank];
  }
  const plain = number => [`${number}`, number < 0 ? SIGN : ATOM];
  const overNames = {
    zero: plain(0), one: plain(1), compute: written, takes: (_, k) => k > 0,
    leaf: ({name, number}) => name ? [name, ATOM] : plain(number),
    slope: (row, k, given) => {  // the table's own text, with what is given for its letters
      const {n, s} = TABLE[row];
      const letters = ["x", "uv", "cuv"][n - 1] ?? given.map((_, i) => `x${i + 1}`);
      if (!s[k]) throw Error(`${row} has no slope for its input ${k + 1}: it takes a number there`);
      const place = ({name}) => name === "y" ? n : letters.indexOf(name);
      const leaf = node => node.name && given[place(node)] || overNames.leaf(node);
      return evaluated(read(s[k]), {leaf, compute: written}).at(-1);
    },
  };

  // For each node its value, its slope for each of its inputs, and its grad, the slope of the
  // result for it: as numbers, and as texts.
  const sweep = (graph, numbers) => swept(graph, over(numbers));
  const symbolic = graph => {
    const {values, slopes, grads} = swept(graph, overNames);
    const texts = parts => parts.map(([text]) => text);
    return {values: texts(values), slopes: slopes.map(texts), grads: texts(grads)};
  };
  const value = (graph, numbers) => evaluated(graph, over(numbers)).at(-1);

  return {read, value, sweep, symbolic};
})();
