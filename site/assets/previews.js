"use strict";
(() => {
const { make, listen, load } = nnbook;
const root = document.documentElement;
const previewOf = async (link) => {
  const url = new URL(link.href);
  const id = decodeURIComponent(url.hash.slice(1).split("?")[0]);
  if (url.pathname !== location.pathname) {
    const name = url.pathname.replace(/.*\//, "");
    if (!/\.html$/.test(name)) return;
    const script = name.replace(/html$/, "preview.js");
    try { await load(script); } catch { return; }
    const text = nnbook.previews?.[decodeURIComponent(name)]?.[id];
    return text && make("div", { innerHTML: text });
  }
  const target = document.getElementById(id);
  if (!target || target === document.getElementById("main") || target.closest("nav, aside")) return;
  const block = target.matches("a, span") ? target.closest("li, tr, dd, p") ?? target : target;
  const copies = [block.cloneNode(true)];
  if (/^H\d$/.test(block.tagName) && block.nextElementSibling?.matches("p, ul, ol")) {
    copies.push(block.nextElementSibling.cloneNode(true));
  }
  const box = make("div", {});
  for (const copy of copies) box.append(copy.matches("li, dd") ? make("div", {}, ...copy.childNodes) : copy);
  return box;
};
const renamed = (box) => {
  for (const element of box.querySelectorAll(".controls, .copy, .anchor, .footnote-backref, .live-status")) {
    element.remove();
  }
  const ids = new Map([...box.querySelectorAll("[id]")].map(({ id }) => [id, "preview-" + id]));
  for (const element of box.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "id" || name === "aria-labelledby") {
        element.setAttribute(name, value.split(" ").map((id) => ids.get(id) ?? id).join(" "));
      } else if (value.includes("#")) {
        element.setAttribute(name, value.replace(/#([\w-]+)/g, (all, id) => "#" + (ids.get(id) ?? id)));
      }
    }
    if (element.matches("a, button, [tabindex]")) element.tabIndex = -1;
  }
  return box;
};
const card = make("div", { className: "preview", hidden: true, "aria-hidden": "true" });
document.body.append(card);
let timer, owner;
const hide = () => {
  clearTimeout(timer);
  owner = undefined;
  card.hidden = true;
};
const show = async (link) => {
  owner = link;
  const box = await previewOf(link);
  if (!box || owner !== link || !box.textContent.trim()) return;
  card.replaceChildren(renamed(box));
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const room = innerHeight - at.bottom;
  const isAbove = room < card.offsetHeight + 12 && at.top > room;
  const left = Math.min(Math.max(8, at.left), root.clientWidth - card.offsetWidth - 8);
  card.style.left = Math.max(8, left) + "px";
  card.style.top = isAbove ? Math.max(8, at.top - card.offsetHeight - 6) + "px" : at.bottom + 6 + "px";
};
const link = ({ target }) => target.closest?.("article a[href]:not(.anchor, .number, .footnote-backref)");
const mayShow = (found) => found && found.getAttribute("href").match(/^[^:]*(#|\.html$)/);
const wait = (event, delay) => {
  const found = link(event);
  if (!mayShow(found) || found === owner) return;
  hide();
  timer = setTimeout(show, delay, found);
};
listen(document, "pointerover", (event) => {
  if (event.pointerType === "touch") return;
  if (card.contains(event.target)) clearTimeout(timer); else wait(event, 250);
});
listen(document, "pointerout", (event) => {
  if (event.pointerType === "touch" || !(link(event) || card.contains(event.target))) return;
  clearTimeout(timer);
  timer = setTimeout(hide, 250);
});
listen(document, "focusin", (event) => {
  if (event.target.matches?.(":focus-visible")) wait(event, 150);
});
listen(document, "focusout", hide);
listen(document, "keydown", (event) => { if (event.key === "Escape") hide(); });
listen(window, "scroll", hide, { passive: true });
nnbook.preview = (event) => wait(event, 0);
})();
