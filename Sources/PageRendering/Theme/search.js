// The search's window

// The piece of the text that has most of the words.
const excerpt = ({ text }, terms) => {
  const plain = folded(text).toLowerCase();
  // Folding may change lengths; then places are near enough.
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
