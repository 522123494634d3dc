// State in the address: #anchor?3.hidden-units=8&3.rate=0.1

const readAddress = () => {
  for (const name of Object.keys(chosen)) delete chosen[name];
  const [anchor, query = ""] = location.hash.slice(1).split("?");
  for (const [name, value] of new URLSearchParams(query)) {
    const numbers = value === "" ? [] : value.split("_").map(Number);
    if (/^\d+\./.test(name) && numbers.every(Number.isFinite)) chosen[name] = numbers;
  }
  return query && anchor;
};

let writing;
const writeAddress = (anchor) => {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const query = Object.entries(chosen)
      .map(([name, values]) => encodeURIComponent(name) + "=" + values.join("_")).join("&");
    const old = location.hash.slice(1).split("?")[0];
    const hash = query ? "#" + (anchor ?? old) + "?" + query : old ? "#" + old : "";
    try {
      history.replaceState(history.state, "", hash || location.pathname + location.search);
    } catch {
      // Some browsers refuse this for files; the page works on.
    }
  }, 250);
};

const choose = (cell, name, values) => {
  if (values) chosen[name] = values; else delete chosen[name];
  writeAddress(cell.anchor);
  for (const each of cells) if (each.uses.has(name)) each.run();
};
