// What a query means, and where it is found

// How many letters were added, left out, changed or exchanged; more than `most` is too many.
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

// Forms of one word: neuron and neurons, train and training.
const stem = (word) => word.length < 4 ? word
  : word.replace(/(?:ies|y)$/, "i").replace(/(?:ings?|ed|es|s|en|er)$/, "").replace(/(.)\1$/, "$1").replace(/e$/, "");

const isNumber = (word) => /^[0-9]/.test(word);

// Terms that may be meant by a word that nothing has: one or two letters are wrong.
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
    // Of a word with few mistakes, the beginning or the end is right.
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

// What a word of the query may stand for, with how well it fits.
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
    // A number goes on behind its point; a word that is still being typed goes on.
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

// Whether the next word is the letter of a part, as in figure 3.2a, 3.2 a and 3.2 (a).
const isPart = async (index, term, next) =>
  /^[a-z]$/.test(next ?? "") && (await idOf(index, term + next)) !== undefined;

// The units of a query: words, and what is counted, such as figure 3.2.
const unitsOf = async (index, query) => {
  // Groups of three digits are one number.
  const words = wordsOf(query.replace(/(\d)[ \u00a0\u202f'](?=\d{3}(?!\d))/g, "$1"));
  const lower = query.toLowerCase();
  const units = [];
  for (let place = 0; place < words.length; place += 1) {
    const kind = kinds[words[place].word];
    let next = words[place + 1]?.word;
    if (kind && next && /^[0-9]+(\.[0-9]+)*$|^[a-z]$/.test(next)) {
      place += 1;
      // What an appendix counts begins with its letter, as in figure C.1.
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
    // What a section is called says most of what it is about.
    const title = wordsOf(entry.section || entry.chapter).map(({ word }) => word).filter((word) => !stops.has(word));
    const named = title.filter((word) => shown.has(word)).length / Math.max(2, title.length);
    return { ...hit, ...entry, score: hit.score * bonus * (1 + 0.5 * named) };
  }));
  hits.sort((a, b) => b.score - a.score);
  return { hits, count: ranked.length, instead, terms: [...shown, ...units.map(({ word }) => word)] };
};
nnbook.find = find;
