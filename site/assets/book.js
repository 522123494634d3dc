"use strict";
(() => {
const words = {"add": "Add", "asNumber": "%, as a number", "auto": "Auto", "cannotRun": "this browser cannot run the cell", "classNumber": "class %", "classOfNew": "%: class of new points", "clear": "Clear", "closeBy": "Close: you are off by %. Try again, or show the result", "code": "Code", "colors": "Colors: %", "compare": "Compare", "continue": "Continue reading: %", "copied": "Copied", "copy": "Copy", "copyCode": "Copy this code", "dark": "Dark", "dragHint": "drag them, or press on the figure for more", "drawNew": "%: draw a new one", "formula": "Formula", "hideCode": "Hide all code", "less": "%: less", "light": "Light", "linkCopied": "Link copied", "more": "%: more", "moreControls": "More controls", "new": "New", "noIndex": "The search index is missing", "notAllowed": "Not allowed", "notYet": "Not yet", "off": "Not this time: you are off by %. Try again, or show the result", "output": "Output", "pause": "Pause", "play": "Play", "pointAt": "point % at %, %, class %", "prediction": "Your prediction", "reached": "Reached", "read": "Read", "reset": "Reset", "restart": "Restart", "right": "Right: it is %", "scrolls": "Scrolls sideways", "search": "Search", "showCode": "Show all code", "speed": "%: speed", "step": "Step", "stopped": "Stopped: %", "table": "Table", "tooLong": "the cell ran for more than % s and was stopped", "typeNumber": "Type a number, such as 12, 0.5 or 1/2"};
const root = document.documentElement;
const listen = (target, ...rest) => target.addEventListener(...rest);
const all = (selector) => document.querySelectorAll(selector);
const say = (key, ...values) =>
  words[key].split("%").map((part, place) => part + (values[place] ?? "")).join("");
const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value; else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};
const number = (typed) => {
  const [, over, under, percent] =
    /^\s*([^/%]+?)\s*(?:\/\s*([^/%]+?))?\s*(%?)\s*$/.exec(typed.replace("−", "-")) ?? [];
  const plain = (digits) => Number(/^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(digits)
    ? digits.replaceAll(",", "") : digits?.replace(",", "."));
  const value = plain(over) / plain(under ?? "1") / (percent ? 100 : 1);
  return Number.isFinite(value) ? value : null;
};
const stored = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { return; } },
};
const loading = new Map();
const load = (path) => {
  if (!loading.has(path)) {
    loading.set(path, new Promise((resolve, reject) => {
      const script = make("script", { src: path });
      listen(script, "load", resolve);
      listen(script, "error", () => { loading.delete(path); reject(); });
      document.head.append(script);
    }));
  }
  return loading.get(path);
};
const toText = [];
window.nnbook = { make, listen, say, number, load, toText, words };
const themes = ["auto", "light", "dark"];
const theme = () => root.dataset.theme ?? "auto";
const setTheme = (name) => {
  if (name === "auto") delete root.dataset.theme; else root.dataset.theme = name;
};
if (themes.includes(stored.get("nnbook-theme"))) setTheme(stored.get("nnbook-theme"));
const addThemeButton = (tools) => {
  const button = make("button", { type: "button", className: "colors" });
  const label = () => {
    button.textContent = say(theme());
    button.setAttribute("aria-label", say("colors", say(theme())));
  };
  listen(button, "click", () => {
    setTheme(themes[(themes.indexOf(theme()) + 1) % themes.length]);
    stored.set("nnbook-theme", theme());
    label();
  });
  label();
  tools.append(button);
};
const addSearchButton = (tools) => {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const button = make("button", { type: "button" }, say("search"),
    make("kbd", {}, isApple ? "⌘K" : "Ctrl K"));
  const open = async () => {
    try {
      await load("assets/search.js");
      nnbook.openSearch();
    } catch {
      tellShortly(say("noIndex"));
    }
  };
  listen(button, "click", open);
  listen(window, "keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  tools.append(button);
};
const toast = make("p", { className: "toast", role: "status" });
let toasting;
const tellShortly = (text) => {
  toast.textContent = text;
  clearTimeout(toasting);
  toasting = setTimeout(() => { toast.textContent = ""; }, 2000);
};
const askForPreviews = async (event) => {
  const isPointer = event.type === "pointerover";
  if (!event.target.closest?.("article a[href]") || (isPointer && event.pointerType === "touch")) return;
  for (const name of ["pointerover", "focusin"]) document.removeEventListener(name, askForPreviews);
  await load("assets/previews.js");
  nnbook.preview(event);
};
for (const name of ["pointerover", "focusin"]) listen(document, name, askForPreviews);
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
const addCopyButtons = () => {
  for (const source of all("article .source:not(:has(> .copy))")) {
    const button = make("button", { type: "button", className: "copy", "aria-label": say("copyCode") },
      say("copy"));
    listen(button, "click", async () => {
      const text = [...source.querySelectorAll("code")].map((code) => code.textContent).join("\n").trimEnd();
      button.textContent = say(await copy(text) ? "copied" : "notAllowed");
      setTimeout(() => { button.textContent = say("copy"); }, 1500);
    });
    source.prepend(button);
  }
};
listen(document, "click", async (event) => {
  const link = event.target.closest?.("a.anchor, a.number");
  if (!link) return;
  const state = nnbook.state?.();
  if (await copy(link.href + (state ? "?" + state : ""))) tellShortly(say("linkCopied"));
});
const addCodeToggle = () => {
  const button = document.querySelector(".toggle-code[hidden]");
  if (!button) return;
  const isHidden = () => root.dataset.code === "hidden";
  const label = () => { button.textContent = say(isHidden() ? "showCode" : "hideCode"); };
  listen(button, "click", () => {
    if (isHidden()) delete root.dataset.code; else root.dataset.code = "hidden";
    stored.set("nnbook-code", root.dataset.code ?? "shown");
    label();
  });
  button.hidden = false;
  label();
};
if (stored.get("nnbook-code") === "hidden") root.dataset.code = "hidden";
const scrollers = { "pre": "code", ".formula": "formula", ".table, .nn-table-box": "table",
  ".output .html, .output .svg": "output" };
const nameScrollers = () => {
  for (const [selector, word] of Object.entries(scrollers)) {
    for (const box of all("article :is(" + selector + ")")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1
        && getComputedStyle(box).overflowX !== "visible";
      if (scrolls === box.hasAttribute("data-scrolls")) continue;
      if (scrolls) {
        box.tabIndex = 0;
        if (!box.hasAttribute("role")) {
          box.setAttribute("role", "group");
          box.setAttribute("aria-label", say(word) + ", " + say("scrolls"));
        }
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
      box.toggleAttribute("data-scrolls", scrolls);
    }
  }
};
const followSections = () => {
  const links = [...all(".page-contents a")].map((link) =>
    [document.getElementById(decodeURIComponent(link.hash.slice(1))), link])
    .filter(([heading]) => heading);
  const bar = document.querySelector(".progress");
  let chosen;
  const mark = () => {
    const rest = root.scrollHeight - innerHeight;
    const done = rest > 0 ? Math.min(1, scrollY / rest) : 1;
    if (bar) bar.style.transform = `scaleX(${done})`;
    remember(done);
    const isBelow = ([heading]) => heading.getBoundingClientRect().top >= innerHeight / 3;
    const first = links.findIndex(isBelow);
    const read = links[(first < 0 ? links.length : first) - 1]?.[1];
    const current = chosen ?? read;
    for (const [, link] of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const jump = () => {
    const anchor = location.hash.split("?")[0];
    chosen = links.find(([, link]) => link.hash === anchor)?.[1];
    mark();
  };
  let waiting;
  listen(window, "scroll", () => {
    waiting ??= requestAnimationFrame(() => { waiting = undefined; mark(); });
  }, { passive: true });
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    listen(window, name, () => { chosen = undefined; }, { passive: true });
  }
  listen(window, "hashchange", jump);
  jump();
};
const folder = location.href.replace(/[^/]*$/, "");
const page = location.pathname.replace(/.*\//, "") || "index.html";
const memory = () => { try { return JSON.parse(stored.get("nnbook-read " + folder)) ?? {}; } catch { return {}; } };
const remember = (done) => {
  if (!document.body.classList.contains("chapter")) return;
  const known = memory();
  const most = Math.max(known.pages?.[page] ?? 0, Math.round(done * 100));
  if (known.last === page && known.pages?.[page] === most) return;
  stored.set("nnbook-read " + folder, JSON.stringify({ last: page, pages: { ...known.pages, [page]: most } }));
};
const showProgress = () => {
  const { last, pages = {} } = memory();
  for (const link of all(".chapters a")) {
    const name = link.getAttribute("href");
    if (pages[name] >= 90) link.after(make("span", { className: "read" }, "✓ " + say("read")));
    const start = document.querySelector(".start");
    if (name === last && pages[name] < 90 && start) {
      start.append(make("a", { href: name, className: "continue" }, say("continue", link.textContent)));
    }
  }
};
const followContents = () => {
  const contents = document.getElementById("contents");
  if (!contents) return;
  const wide = matchMedia("(min-width: 64rem)");
  const update = () => {
    const isOver = location.hash === "#contents" && !wide.matches;
    for (const part of document.body.children) {
      if (part !== contents && part !== toast) part.inert = isOver;
    }
    if (isOver) contents.focus();
  };
  listen(window, "hashchange", update);
  listen(wide, "change", update);
  update();
  listen(window, "keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#contents") location.hash = "#main";
  });
};
toText.push(addCodeToggle, addCopyButtons);
const addToText = () => {
  for (const add of toText) add();
  if (document.readyState === "loading") requestAnimationFrame(addToText);
};
requestAnimationFrame(addToText);
listen(document, "DOMContentLoaded", () => {
  const tools = document.getElementById("tools");
  document.body.append(toast);
  addSearchButton(tools);
  addThemeButton(tools);
  addToText();
  showProgress();
  followSections();
  followContents();
  const article = document.querySelector("article");
  let waiting;
  new ResizeObserver(() => {
    waiting ??= requestAnimationFrame(() => { waiting = undefined; nameScrollers(); });
  }).observe(article);
});
})();
