// Judges what is typed into the fields of an exercise, by the table that the terminal's check
// walks too (lessons/grading/asked.py). Conditions, and sentences with numbers, come from Python as
// functions of the numbers that were answered. What is typed is not run, kept or sent.
const judged = (() => {
  const close = (a, b, within) => Math.abs(a - b) <= within * Math.max(1, Math.abs(a), Math.abs(b));
  const SIGNS = {"<=": (a, b) => a <= b, "<": (a, b) => a < b, "==": (a, b) => close(a, b, 1e-12)};

  // A number as Python writes it: ",.0f" or ".3g".
  function shown(x, look) {
    const [, comma, digits = 6, kind] = /(,?)(?:\.(\d+))?(\w?)/.exec(look);
    if (!isFinite(x)) return x > 0 ? "inf" : x < 0 ? "-inf" : "nan";
    if (kind === "f") {
      return x.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits,
        useGrouping: comma === ","});
    }
    const [share, power] = x.toExponential(digits - 1).split("e");
    return power > -5 && power < +digits ? `${+x.toPrecision(digits)}`
      : `${+share}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }

  // Why a formula is wrong, and where; nothing if it says the same as the right one.
  function slip({name, names, right, slips, places}, text) {
    let graph;
    try { graph = read(text); } catch (error) {
      return [`it cannot be read as a formula: ${error.message}`];
    }
    const used = graph.filter(node => node.name && node.number === undefined).map(x => x.name);
    const strange = used.filter(each => !names.includes(each)).sort()[0];
    if (strange) return [`nothing here is called ${strange}; there is ${names.join(" and ")}`];
    const mine = places.map(place =>
      value(graph, Object.fromEntries(names.map((each, i) => [each, place[i]]))));
    const differ = f => {  // where only one of them has a value, they need not
      const other = places.map(place => f(...place)), all = [...mine.keys()];
      const both = all.filter(i => isFinite(mine[i]) && isFinite(other[i]));
      return both.find(i => !close(mine[i], other[i], 1e-9)) ?? (both.length < 3 ? all[0] : -1);
    };
    const at = differ(right);
    if (at < 0) return [];
    const known = slips.find(([f]) => differ(f) < 0), two = [mine[at], right(...places[at])];
    const texts = digits => two.map(x => isFinite(x) ? shown(x, `.${digits}g`) : "no value");
    const [came, expected] = [7, 12, 17].map(texts).find(([a, b]) => a !== b);
    const where = names.map((each, i) => `${each} = ${places[at][i]}`).join(", ");
    return [known ? known[1] : used.length ? "it is another formula"
      : "that is one number; a formula was asked for",
    `asked: ${name}, at ${where}: ${text}`, `came: ${came}`, `expected: ${expected}`];
  }

  // What is said: whether all is right, and in which lines.
  function verdict(asked, said, given) {
    const numbers = new Map([["rounded", 0]]), found = f => f(...numbers.values());
    const holds = ({f, signs}, sides = found(f)) =>
      signs.every((sign, i) => SIGNS[sign](sides[i], sides[i + 1]));
    const filled = text => !text.f ? text : found(text.f).map((x, i) =>
      text.words[i] + shown(x, text.looks[i])).join("") + text.words.at(-1);

    function number({name, judged, otherwise, rows, most, many, spent}, text) {
      const plain = text.replace(/Fraction\(([^,()]+),([^,()]+)\)/g, "(($1)/($2))");
      const tries = most ? plain.replace(/^[[(]|[\])]$/g, "").split(",") : [plain];
      if (tries.length > most) return [many];
      const each = work => tries.map(one => { numbers.set(name, one); return work(); });
      try { tries.forEach((one, i) => { tries[i] = value(read(one, []), {}); }); } catch (error) {
        return [`it should be a number: ${error.message}`];
      }
      if (!tries.every(isFinite)) return ["it should be a finite number that a float can hold"];
      if (/[.\p{L}]/u.test(plain)) numbers.set("rounded", 1);
      const whys = each(() =>
        filled((judged.find(([condition]) => holds(condition)) ?? [, otherwise])[1]));
      const report = ([title, row]) =>
        `${title}: ${[...new Set(each(() => filled(row)))].join("; ")}`;
      return whys.includes("") ? []
        : [whys.at(-1) + (tries.length === most ? spent : ""), ...rows.map(report)];
    }

    for (const each of asked) {
      const {name, word, slips, judged} = each, text = given(name).replace(/^["']|["']$/g, "");
      const [why, ...rows] = !text || text === "..." ? ["it is still empty"]
        : word ? slips.filter(([slip]) => slip === text).map(([, why]) => why)
        : judged ? number(each, text)
        : slip(each, text.replace(/^([A-Za-z][^=<>!\d*]*)?=\s*([^=]*)$/, "$2"));
      if (why) return [false, `${name}, not right yet: ${why}`, ...rows];
    }
    return [true, `Right${said && ": "}${filled(said)}.`];
  }

  return (asked, said) => {
    const form = document.querySelector(".answers"), status = form.querySelector("[role=status]");
    const show = (right, ...lines) => {
      status.textContent = lines.join("\n");
      status.nextElementSibling.hidden = !right;
    };
    form.hidden = false;
    form.oninput = () => show(false);
    form.onsubmit = event => {
      event.preventDefault();
      show(...verdict(asked, said, name => form.elements[name].value.trim()));
    };
  };
})();
