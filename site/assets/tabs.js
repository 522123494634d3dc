"use strict";
(() => {
const { make, listen } = nnbook;
const key = "nnbook-tabs";
let sets = [];
let count = 0;
const chosen = () => {
  try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; }
};
const show = (set, place) => set.forEach(({ tab, panel }, i) => {
  tab.setAttribute("aria-selected", i === place);
  tab.tabIndex = i === place ? 0 : -1;
  if (i === place) panel.removeAttribute("hidden"); else panel.setAttribute("hidden", "until-found");
});
const choose = (title, tab) => {
  const before = tab.getBoundingClientRect().top;
  for (const set of sets) {
    const place = set.findIndex((other) => other.title === title);
    if (place >= 0) show(set, place);
  }
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
  const titles = [title, ...chosen().filter((other) => other !== title)].slice(0, 20);
  try { localStorage.setItem(key, JSON.stringify(titles)); } catch { /* The choice is for this page. */ }
};
const step = (event, set) => {
  const at = set.findIndex(({ tab }) => tab === event.target);
  const forward = getComputedStyle(event.target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const next = { Home: 0, End: set.length - 1, ArrowLeft: at - 1, ArrowRight: at - 1, [forward]: at + 1 }[event.key];
  if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const { title, tab } = set.at(next % set.length);
  tab.focus();
  choose(title, tab);
};
const add = (box) => {
  const list = make("div", { className: "tab-list", role: "tablist" });
  const number = ++count;
  const set = [...box.children].map((panel, i) => {
    const heading = panel.querySelector(".tab-title");
    const title = heading.textContent.trim();
    const id = `tab-${number}-${i + 1}`;
    const tab = make("button", { type: "button", id, role: "tab", "aria-controls": id + "-panel" });
    tab.append(...heading.querySelector("strong").cloneNode(true).childNodes);
    panel.id = id + "-panel";
    panel.tabIndex = 0;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    heading.hidden = true;
    listen(tab, "click", () => choose(title, tab));
    listen(panel, "beforematch", () => choose(title, tab));
    list.append(tab);
    return { title, tab, panel };
  });
  listen(list, "keydown", (event) => step(event, set));
  box.prepend(list);
  sets.push(set);
  const wanted = chosen().find((title) => set.some((other) => other.title === title));
  show(set, Math.max(0, set.findIndex((other) => other.title === wanted)));
};
nnbook.toText.push(() => {
  sets = sets.filter(([{ tab }]) => tab.isConnected);
  for (const box of document.querySelectorAll(".tabs:not(:has(> .tab-list))")) {
    if (box.nextSibling || document.readyState !== "loading") add(box);
  }
});
const reveal = () => {
  let name = location.hash.slice(1).split("?")[0];
  try { name = decodeURIComponent(name); } catch { /* As it is written. */ }
  const panel = document.getElementById(name)?.closest(".tab[hidden]");
  const found = sets.flat().find((other) => other.panel === panel);
  if (!found) return;
  choose(found.title, found.tab);
  document.getElementById(name).scrollIntoView();
};
listen(window, "hashchange", reveal);
listen(document, "DOMContentLoaded", reveal);
})();
