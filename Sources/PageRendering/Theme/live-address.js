// State in the address: #anchor?3.hidden-units=8&3.rate=0.1

// What the reader chose, by "cell.control"; what is missing stands at its default.
const chosen = {};

// Which controls there are, as the build knows them.
let known;

const controlNamed = (name) => {
  const [cell, key] = name.split(/\.(.*)/s);
  return known?.[cell]?.controls.find((control) => control.key === key);
};

// A value as its control could give it: an address is typed by anybody.
const allowed = (control, values) => {
  const [value] = values;
  switch (control?.kind) {
    case "slider": case "stepper": case "player": case "seed": {
      const { count, at, place } = sliderScale(control);
      return [at(clamp(place(value), 0, count))];
    }
    case "picker": return [clamp(Math.round(value), 0, control.choices.length - 1)];
    case "toggle": return [value ? 1 : 0];
    case "weights": return control.names.map((_, place) =>
      clamp(values[place] ?? control.default[place], control.min, control.max));
    default: return values;
  }
};

const readAddress = () => {
  const [anchor, query = ""] = location.hash.slice(1).split("?");
  // A link within the page says nothing of controls: they stay as they are.
  if (!query) return;
  for (const name of Object.keys(chosen)) delete chosen[name];
  for (const [name, value] of new URLSearchParams(query)) {
    const numbers = value === "" ? [] : value.split("_").map(Number);
    if (!/^\d+\./.test(name) || !numbers.every(Number.isFinite)) continue;
    chosen[name] = numbers.length ? allowed(controlNamed(name), numbers) : numbers;
  }
  return anchor;
};

const state = () => Object.entries(chosen)
  .map(([name, values]) => encodeURIComponent(name) + "=" + values.join("_")).join("&");

let writing;
const replaceAddress = (anchor) => {
  const query = state();
  const old = location.hash.slice(1).split("?")[0];
  const hash = query ? "#" + (anchor ?? old) + "?" + query : old ? "#" + old : "";
  try {
    // Entries of the history that carry the mark are ours: going back to one changes no control.
    history.replaceState({ ...history.state, nnbook: true }, "",
      hash || location.pathname + location.search);
  } catch {
    // Some browsers refuse this for files; the page works on.
  }
};
const writeAddress = (anchor) => {
  clearTimeout(writing);
  writing = setTimeout(replaceAddress, 250, anchor);
};

const choose = (cell, name, values) => {
  if (values) chosen[name] = values; else delete chosen[name];
  writeAddress(cell.anchor);
  for (const each of cells) if (each.uses.has(name)) each.run();
};
