// The index, of which a query loads only what it needs

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

// The part of a sorted list of first items that may hold `value`.
const partOf = (firsts, value) => Math.max(0, firsts.findLastIndex((first) => first <= value));

// Terms that begin with `start`, from at most a few shards: [term, id].
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

// Entries of a term, with how much it says there, and how many there are in all.
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
