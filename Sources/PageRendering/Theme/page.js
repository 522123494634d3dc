// What a page can do beyond being read. Without this script every page is complete.

const root = document.documentElement;
const listen = (target, ...rest) => target.addEventListener(...rest);
const all = (selector) => document.querySelectorAll(selector);

// Words of the book's language, with values in the places of the marks.
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

// 2.5, 2,5, 5/2 and 250% are one number; 1,024 is a thousand and some.
const number = (typed) => {
  const [, over, under, percent] =
    /^\s*([^/%]+?)\s*(?:\/\s*([^/%]+?))?\s*(%?)\s*$/.exec(typed.replace("−", "-")) ?? [];
  const plain = (digits) => Number(/^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(digits)
    ? digits.replaceAll(",", "") : digits?.replace(",", "."));
  const value = plain(over) / plain(under ?? "1") / (percent ? 100 : 1);
  return Number.isFinite(value) ? value : null;
};

// Pages opened from disk may be refused storage; a choice then lasts as long as the page.
const stored = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { return; } },
};

// Scripts that are needed only when they are: a page opened from disk may load them, but not fetch.
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

// What stands among the text is put there before a picture of it is drawn, so that nothing moves.
const toText = [];

window.nnbook = { make, listen, say, number, load, toText, words };

// Light, dark, or as the system has it

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

// The search is a script of its own, loaded when it is asked for

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

// A word that goes away by itself

const toast = make("p", { className: "toast", role: "status" });
let toasting;
const tellShortly = (text) => {
  toast.textContent = text;
  clearTimeout(toasting);
  toasting = setTimeout(() => { toast.textContent = ""; }, 2000);
};

// What references lead to is shown by another script, from the first time that one is pointed at

const askForPreviews = async (event) => {
  const isPointer = event.type === "pointerover";
  if (!event.target.closest?.("article a[href]") || (isPointer && event.pointerType === "touch")) return;
  for (const name of ["pointerover", "focusin"]) document.removeEventListener(name, askForPreviews);
  await load("assets/previews.js");
  nnbook.preview(event);
};
for (const name of ["pointerover", "focusin"]) listen(document, name, askForPreviews);
