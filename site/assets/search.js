"use strict";
(() => {
const { make, listen, say, load } = nnbook;
Object.assign(nnbook.words, {"close": "Close", "first": "% places, the first %", "instead": "Nothing has “%”; this has “%”", "kinds": "figure:figure figures:figure fig:figure table:table tables:table tbl:table chapter:chapter ch:chapter section:section sec:section listing:listing equation:equation eq:equation exercise:exercise exercises:exercise appendix:appendix theorem:theorem definition:definition lemma:lemma corollary:corollary example:example", "nothing": "Nothing found", "onePlace": "1 place", "places": "% places", "searchBook": "Search the book", "searchHint": "Words, numbers, code, or a message that you met", "stops": "a an and are as at be by can could do does for from had has have how i if in is it its many me much my not of on or should so that the their them then there these they this to was we were what when where which who why will with would you your"});
const signs = { "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "√": "sqrt", "∞": "infty",
  "≈": "approx", "≤": "leq", "≥": "geq", "≠": "neq", "→": "to", "×": "times", "⋅": "cdot",
  "∈": "in", "±": "pm", "∫": "int", "∘": "circ", "⊙": "odot", "∝": "propto", "⊤": "top",
  "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
  "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
  "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
  "χ": "chi", "ψ": "psi", "ω": "omega" };
const unspaced = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\u1100-\\u11ff"
  + "\\u0e00-\\u0e7f\\u{20000}-\\u{2fa1f}";
const number = "[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\\.[0-9]+)*";
const token = new RegExp(`${number}|[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}_])(?:(?![${unspaced}])[\\p{L}_0-9])*|[${
  Object.keys(signs).slice(0, 20).join("")}]`, "gu");
const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "");
const pairs = (text) => {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, place) => letters[place] + letter);
};
const isUnspaced = new RegExp(`^[${unspaced}]`, "u");
const wordsOf = (text) => [...folded(text).matchAll(token)].flatMap(([found]) => {
  if (isUnspaced.test(found)) return pairs(found).map((word) => ({ word, parts: [] }));
  if (/^[0-9]/.test(found)) return { word: found.replaceAll(",", ""), parts: [] };
  const lower = found.toLowerCase();
  if (signs[lower]) return { word: signs[lower], parts: [] };
  const parts = found.replace(/([^A-Z_])([A-Z])/g, "$1 $2").split(/[ _]+/).filter(Boolean);
  return { word: lower, parts: parts.length > 1 ? parts.map((part) => part.toLowerCase()) : [] };
});
const shards = { index: [], words: [], endings: [], postings: [], entries: [] };
window.nnbookSearch = (kind, place, content) => { shards[kind][place] = content; };
const cut = new Map();
const shard = async (kind, place) => {
  if (!shards[kind][place]) {
    await load(`assets/search/${kind === "index" ? kind : kind + "-" + place}.js`);
  }
  const content = shards[kind][place];
  if (kind !== "words" && kind !== "endings") return content;
  if (!cut.has(content)) {
    let before = [];
    cut.set(content, content.split(" ").map((text) => {
      const letters = [...text];
      before = [...before.slice(0, letters[0].charCodeAt() - 48), ...letters.slice(1)];
      return before.join("");
    }));
  }
  return cut.get(content);
};
const partOf = (firsts, value) => Math.max(0, firsts.findLastIndex((first) => first <= value));
const termsFrom = async (index, start, most = 1) => {
  const found = [];
  const first = partOf(index.words, start);
  for (let place = first; place < index.words.length && place < first + most; place += 1) {
    const words = await shard("words", place);
    for (let at = 0; at < words.length; at += 1) {
      if (words[at].startsWith(start)) found.push([words[at], index.starts[place] + at]);
    }
    if (index.words[place + 1] && !index.words[place + 1].startsWith(start)) break;
  }
  return found;
};
const idOf = async (index, term) => {
  const place = partOf(index.words, term);
  const at = (await shard("words", place)).indexOf(term);
  return at < 0 ? undefined : index.starts[place] + at;
};
const postingsOf = async (index, id) => {
  const place = partOf(index.postings, id);
  const [count, ...list] = (await shard("postings", place))[id - index.postings[place]];
  let entry = 0;
  return { count, list: list.map((number) => {
    entry += Math.floor(number / 10);
    return [entry, number % 10];
  }) };
};
const entryAt = async (index, number) => {
  const place = partOf(index.shards, number);
  const list = await shard("entries", place);
  const at = number - index.shards[place];
  let [url, chapter, section, text] = list[at];
  for (let before = at; !chapter && before > 0; before -= 1) chapter = list[before - 1][1];
  return { url, chapter, section, text };
};
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let old, last, row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    [old, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], old[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length];
};
const stem = (word) => word.length < 4 ? word
  : word.replace(/(?:ies|y)$/, "i").replace(/(?:ings?|ed|es|s|en|er)$/, "").replace(/(.)\1$/, "$1").replace(/e$/, "");
const isNumber = (word) => /^[0-9]/.test(word);
const mistyped = async (index, word) => {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (!most || isNumber(word)) return [];
  const near = new Map();
  const consider = (term) => {
    if (near.has(term) || term.includes(":") || isNumber(term)) return;
    const far = distance(word, term, most);
    if (far <= most) near.set(term, far + (term[0] === word[0] ? 0 : 0.5));
  };
  if (!index.endings.length) {
    for (let place = 0; place < index.words.length; place += 1) {
      (await shard("words", place)).forEach(consider);
    }
  } else {
    for (const size of [4, 2]) {
      for (const [term] of await termsFrom(index, word.slice(0, size), 3)) consider(term);
    }
    const end = [...word].reverse().join("").slice(0, 4);
    const first = partOf(index.endings, end);
    for (const place of [first, first + 1]) {
      if (place >= index.endings.length) break;
      for (const ending of await shard("endings", place)) {
        if (ending.startsWith(end.slice(0, 3))) consider([...ending].reverse().join(""));
      }
    }
  }
  const best = Math.min(...near.values());
  const terms = [...near].filter(([, far]) => far < best + 1).sort((a, b) => a[1] - b[1]).slice(0, 6);
  return Promise.all(terms.map(async ([term, far]) =>
    ({ term, id: await idOf(index, term), weight: 0.7 - 0.15 * far })));
};
const candidates = async (index, { word, parts }, isLast) => {
  const found = new Map();
  const add = (term, id, weight) => {
    if (id !== undefined && !(found.get(id)?.weight >= weight)) found.set(id, { term, id, weight });
  };
  const begins = await termsFrom(index, word);
  const root = stem(word);
  let more = 0;
  for (const [term, id] of begins) {
    const rest = term.length - word.length;
    if (!rest) add(term, id, 1);
    else if (!isNumber(word) && rest < 5 && stem(term) === root) add(term, id, 0.9);
    else if (more < 8 && (isNumber(word) ? word.includes(".") && rest < 6 : word.length > 1)) {
      more += 1;
      add(term, id, isLast || isNumber(word) ? 0.6 : 0.4);
    }
  }
  if (root.length > 2 && !isNumber(word) && root !== word) {
    for (const [term, id] of await termsFrom(index, root)) {
      if (term.length < root.length + 5 && stem(term) === root) add(term, id, 0.9);
    }
  }
  const good = [...found.values()];
  if (good.some(({ weight }) => weight >= 0.9)) {
    return good.sort((a, b) => b.weight - a.weight || a.term.length - b.term.length).slice(0, 12);
  }
  const near = await mistyped(index, word);
  for (const part of parts) {
    const id = await idOf(index, part);
    if (id !== undefined) good.push({ term: part, id, weight: 0.5 });
  }
  return [...good.sort((a, b) => a.term.length - b.term.length).slice(0, 8), ...near];
};
const kinds = {};
for (const pair of say("kinds").split(" ")) {
  const [word, kind] = pair.split(":");
  kinds[word] = kind;
}
const stops = new Set(say("stops").split(" "));
const isPart = async (index, term, next) =>
  /^[a-z]$/.test(next ?? "") && (await idOf(index, term + next)) !== undefined;
const unitsOf = async (index, query) => {
  const words = wordsOf(query.replace(/(\d)[ \u00a0\u202f'](?=\d{3}(?!\d))/g, "$1"));
  const lower = query.toLowerCase();
  const units = [];
  for (let place = 0; place < words.length; place += 1) {
    const kind = kinds[words[place].word];
    let next = words[place + 1]?.word;
    if (kind && next && /^[0-9]+(\.[0-9]+)*$|^[a-z]$/.test(next)) {
      place += 1;
      const rest = words[place + 1]?.word;
      if (/[a-z]/.test(next) && isNumber(rest) && lower.includes(`${next}.${rest}`)) {
        next += "." + rest;
        place += 1;
      }
      let word = `${kind}:${next}`;
      if (await isPart(index, word, words[place + 1]?.word)) word += words[place += 1].word;
      units.push({ word, parts: [], isLabel: true });
    } else if (isNumber(words[place].word) && await isPart(index, words[place].word, next)) {
      units.push({ word: words[place].word + next, parts: [] });
      place += 1;
    } else {
      units.push(words[place]);
    }
  }
  const telling = units.filter(({ word }) => !stops.has(word));
  const used = telling.length ? telling : units;
  return used.filter((unit, place) => used.findIndex(({ word }) => word === unit.word) === place).slice(0, 12);
};
const find = async (query, most) => {
  const index = await shard("index", 0);
  const units = await unitsOf(index, query);
  if (!units.length) return { hits: [], count: 0, instead: [] };
  const scores = new Map();
  const instead = [], shown = new Set();
  let whole = 0;
  const meant = await Promise.all(units.map(async (unit, place) => unit.isLabel
    ? [{ term: unit.word, id: await idOf(index, unit.word), weight: 1 }].filter(({ id }) => id !== undefined)
    : candidates(index, unit, place === units.length - 1)));
  const lists = await Promise.all(meant.map((terms) =>
    Promise.all(terms.map(({ id }) => postingsOf(index, id)))));
  for (const [place, unit] of units.entries()) {
    const terms = meant[place];
    const best = new Map();
    let telling = 0;
    for (const [at, { term, weight }] of terms.entries()) {
      const { count, list } = lists[place][at];
      const rarity = Math.log(1 + (index.entries - count + 0.5) / (count + 0.5)) + 0.3;
      telling = Math.max(telling, weight * rarity);
      shown.add(term);
      for (const [entry, impact] of list) {
        const score = weight * rarity * impact / 9;
        if (score > (best.get(entry) ?? 0)) best.set(entry, score);
      }
    }
    if (terms.length && terms.every(({ weight }) => weight < 0.75 && weight !== 0.6 && weight !== 0.4)) {
      instead.push([unit.word, terms[0].term]);
    }
    const share = Math.max(telling, 1);
    whole += share;
    for (const [entry, score] of best) {
      const known = scores.get(entry) ?? { entry, score: 0, covered: 0 };
      known.score += score;
      known.covered += share;
      scores.set(entry, known);
    }
  }
  const ranked = [...scores.values()].filter(({ covered }) => covered >= whole * 0.5)
    .map((hit) => ({ ...hit, score: hit.score * (hit.covered / whole) ** 2 }))
    .sort((a, b) => b.score - a.score || a.entry - b.entry);
  const phrase = folded(query).trim().toLowerCase();
  const hits = await Promise.all(ranked.slice(0, most).map(async (hit) => {
    const entry = await entryAt(index, hit.entry);
    const says = (text) => phrase.length > 3 && folded(text).toLowerCase().includes(phrase);
    const bonus = says(entry.section) ? 1.6 : says(entry.text) ? 1.4 : 1;
    const title = wordsOf(entry.section || entry.chapter).map(({ word }) => word).filter((word) => !stops.has(word));
    const named = title.filter((word) => shown.has(word)).length / Math.max(2, title.length);
    return { ...hit, ...entry, score: hit.score * bonus * (1 + 0.5 * named) };
  }));
  hits.sort((a, b) => b.score - a.score);
  return { hits, count: ranked.length, instead, terms: [...shown, ...units.map(({ word }) => word)] };
};
nnbook.find = find;
const excerpt = ({ text }, terms) => {
  const plain = folded(text).toLowerCase();
  const words = terms.filter((term) => term.length > 1 && !term.includes(":"));
  const escaped = words.sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/^([0-9]+)$/, (digits) =>
      [...digits].join(",?")));
  const line = make("span");
  const pattern = escaped.length ? new RegExp(`(?<![\\p{L}0-9])(${escaped.join("|")})`, "giu") : /$^/g;
  const places = [...plain.matchAll(pattern)].map(({ index }) => index);
  const count = (start) => new Set(places.filter((place) => place >= start && place < start + 130)
    .map((place) => plain.slice(place, place + 5))).size;
  const at = places.reduce((best, place) => count(place) > count(best) ? place : best, places[0] ?? 0);
  const start = at < 60 ? 0 : text.indexOf(" ", at - 50) + 1;
  const end = text.length <= start + 180 ? text.length : text.lastIndexOf(" ", start + 180);
  if (start > 0) line.append("… ");
  text.slice(start, Math.max(end, start + 60)).split(pattern).forEach((part, place) => {
    line.append(place % 2 ? make("mark", {}, part) : part);
  });
  if (end < text.length) line.append(" …");
  return line;
};
const most = 12;
const input = make("input", { type: "search", autocomplete: "off", spellcheck: false,
  placeholder: say("searchHint"), "aria-label": say("searchBook") });
const status = make("p", { role: "status" });
const list = make("ol");
const close = make("button", { type: "button" }, say("close"));
const dialog = make("dialog", { className: "search", "aria-label": say("search") },
  make("form", { method: "dialog" }, input, close), status, list);
document.body.append(dialog);
const told = ({ hits, count, instead }) => {
  const swapped = instead.map(([typed, used]) => say("instead", typed, used));
  const places = count === 0 ? say("nothing") : count === 1 ? say("onePlace")
    : count > hits.length ? say("first", count, hits.length) : say("places", count);
  return [places, ...(count ? swapped : [])].join(". ");
};
const show = async () => {
  const query = input.value;
  let result;
  try { result = await find(query, most); } catch {
    status.textContent = say("noIndex");
    return;
  }
  if (query !== input.value) return;
  status.textContent = query.trim() ? told(result) : "";
  list.replaceChildren(...result.hits.map((hit) => make("li", {}, make("a", { href: hit.url },
    make("small", {}, hit.section ? hit.chapter : ""), make("b", {}, hit.section || hit.chapter),
    excerpt(hit, result.terms)))));
};
listen(input, "input", show);
listen(close, "click", () => dialog.close());
listen(dialog, "click", (event) => {
  if (event.target === dialog || event.target.closest("a")) dialog.close();
});
listen(dialog.querySelector("form"), "submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
listen(dialog, "keydown", (event) => {
  if (event.key === "Escape") dialog.close();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [input, ...list.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  stops[Math.max(0, Math.min(stops.length - 1, place))].focus();
  event.preventDefault();
});
nnbook.openSearch = () => {
  dialog.showModal();
  input.select();
};
})();
