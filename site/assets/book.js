// What a page can do beyond being read: remember light or dark, search, copy a cell's source, and
// check a reader's prediction. Without this file every page is complete.
"use strict";

(() => {
  const root = document.documentElement;

  // Pages opened from disk may be refused storage; the choice then lasts as long as the page.
  const stored = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { return; } },
  };

  const theme = stored.get("nnbook-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value; else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  // Light and dark

  const addThemeButton = (tools) => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
    const button = make("button", { type: "button" });
    const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.setAttribute("aria-label", "Switch between light and dark");
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored.set("nnbook-theme", root.dataset.theme);
      label();
    });
    system.addEventListener("change", label);
    label();
    tools.append(button);
  };

  // Search: the index is a script, because a page opened from disk may not fetch

  let index;
  const loadIndex = () => index ??= new Promise((resolve, reject) => {
    const script = make("script", { src: "assets/search.js" });
    script.addEventListener("load", () => resolve(window.nnbookSearch));
    script.addEventListener("error", reject);
    document.head.append(script);
  });

  const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase()
    .replace(/[“”]/g, '"').replace(/[‘’]/g, "'");

  // Words that say something of a message that somebody pasted: without its numbers and shapes.
  const isTelling = (word) => word.length > 2 && !/\d/.test(word);

  // Entries with all the words; where there are none, those with at least half of the telling ones.
  const findAll = (entries, query) => {
    const phrase = fold(query).trim();
    const words = [...new Set(phrase.split(/[^\p{L}\p{N}_.]+/u).map((word) =>
      word.replace(/^\.+|\.+$/g, "")).filter(Boolean))];
    const telling = words.filter(isTelling);
    if (!words.length) return [];
    const found = [];
    for (const entry of entries) {
      entry.folded ??= [fold(entry.chapter), fold(entry.section), fold(entry.text)];
      const [chapter, section, text] = entry.folded;
      const matched = [];
      let score = text.includes(phrase) ? 8 : 0;
      for (const word of words) {
        const here = (section.includes(word) ? 6 : 0) + (chapter.includes(word) ? 3 : 0)
          + (text.includes(word) ? 1 : 0) + (text.includes(" " + word) ? 1 : 0);
        if (here) matched.push(word);
        score += here;
      }
      if (matched.length) found.push({ entry, score, words: matched });
    }
    const all = found.filter((hit) => hit.words.length === words.length);
    const told = (hit) => hit.words.filter(isTelling).length;
    return all.length ? all.sort((a, b) => b.score - a.score)
      : found.filter((hit) => telling.length && told(hit) * 2 >= telling.length)
        .sort((a, b) => told(b) - told(a) || b.score - a.score);
  };

  const excerpt = ({ entry, words }) => {
    const text = entry.text;
    const at = Math.max(0, Math.min(...words.map((word) => {
      const place = text.toLowerCase().indexOf(word);
      return place < 0 ? text.length : place;
    })));
    const start = at >= text.length ? 0 : Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 50)));
    const end = text.length <= start + 170 ? text.length : text.lastIndexOf(" ", start + 170);
    const piece = text.slice(start, end);
    const line = make("span");
    if (start > 0) line.append("… ");
    const pattern = new RegExp("(" + words.map((word) =>
      word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") + ")", "i");
    piece.split(pattern).forEach((part, place) => {
      line.append(place % 2 ? make("mark", {}, part) : part);
    });
    if (end < text.length) line.append(" …");
    return line;
  };

  const addSearch = (tools) => {
    const most = 20;
    const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
    const button = make("button", { type: "button" }, "Search",
      make("kbd", {}, isApple ? "⌘K" : "Ctrl K"));
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false,
      placeholder: "Words, or a message that you met" });
    input.setAttribute("aria-label", "Search the book");
    const status = make("p", { role: "status" });
    const list = make("ol");
    const close = make("button", { type: "button" }, "Close");
    const dialog = make("dialog", { className: "search" },
      make("form", { method: "dialog" }, input, close), status, list);
    dialog.setAttribute("aria-label", "Search");
    document.body.append(dialog);

    const show = async () => {
      const query = input.value;
      let entries;
      try { entries = await loadIndex(); } catch {
        status.textContent = "The search index is missing";
        return;
      }
      if (query !== input.value) return;
      const found = findAll(entries, query);
      status.textContent = query.trim() === "" ? ""
        : found.length === 0 ? "Nothing found"
        : found.length === 1 ? "1 place"
        : found.length + " places" + (found.length > most ? ", the first " + most : "");
      list.replaceChildren(...found.slice(0, most).map((hit) => make("li", {},
        make("a", { href: hit.entry.url },
          make("small", {}, hit.entry.section ? hit.entry.chapter : ""),
          make("b", {}, hit.entry.section || hit.entry.chapter), excerpt(hit)))));
    };
    const open = () => { dialog.showModal(); input.select(); loadIndex().catch(() => {}); };

    button.addEventListener("click", open);
    input.addEventListener("input", show);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close();
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [input, ...list.querySelectorAll("a")];
      const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      stops[Math.max(0, Math.min(stops.length - 1, place))].focus();
      event.preventDefault();
    });
    addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open();
      }
    });
    tools.append(button);
  };

  // Copying

  const addCopyButtons = () => {
    for (const source of document.querySelectorAll(".cell > .source:not(:has(> .copy))")) {
      const button = make("button", { type: "button", className: "copy" }, "Copy");
      button.setAttribute("aria-label", "Copy this code");
      button.addEventListener("click", async () => {
        const text = [...source.querySelectorAll("code")].map((code) => code.textContent).join("\n");
        try {
          await navigator.clipboard.writeText(text);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Not allowed";
        }
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      source.prepend(button);
    }
  };

  // Predictions: the answer is what the cell computed

  // 2.5, 2,5, 5/2 and 250% are one number; 1,024 is a thousand and some.
  const number = (typed) => {
    const [, over, under, percent] =
      /^\s*([^/%]+?)\s*(?:\/\s*([^/%]+?))?\s*(%?)\s*$/.exec(typed.replace("−", "-")) ?? [];
    const plain = (digits) => Number(/^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(digits)
      ? digits.replaceAll(",", "") : digits?.replace(",", "."));
    const value = plain(over) / plain(under ?? "1") / (percent ? 100 : 1);
    return Number.isFinite(value) ? value : null;
  };

  const judge = (typed, answer, tolerance) => {
    const guess = number(typed);
    if (guess === null) return null;
    const difference = Math.abs(guess - answer);
    const decimals = Math.min(15, (typed.split(/[.,]/)[1] ?? "").length);
    const scale = Math.max(Math.abs(answer), Math.abs(guess));
    // A reader who rounds is right, as long as the rounding keeps the value.
    const isRounded = typed.includes("/") ? difference <= 0.001 * scale
      : Number(answer.toFixed(decimals)) === guess && difference <= 0.05 * scale;
    const isRight = difference <= tolerance * Math.max(1, Math.abs(answer)) || isRounded;
    const isClose = difference <= 0.1 * scale;
    return { kind: isRight ? "right" : isClose ? "close" : "off", difference };
  };

  const addPredictions = () => {
    const open = "details.predict[data-answer]:not(.predict-form + *)";
    for (const details of document.querySelectorAll(open)) {
      const answer = Number(details.dataset.answer);
      const tolerance = Number(details.dataset.tolerance ?? 0);
      const verdict = make("output");
      const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
      const label = make("label", {}, "Your prediction", input);
      const form = make("form", { className: "predict-form" }, label,
        make("button", { type: "submit" }, "Compare"), verdict);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const judged = judge(input.value, answer, tolerance);
        if (!judged) {
          verdict.className = "";
          verdict.textContent = "Type a number, such as 12, 0.5 or 1/2";
          return;
        }
        const off = Number(judged.difference.toPrecision(3));
        verdict.className = judged.kind;
        // Who is wrong may want to think again before the result is told.
        verdict.textContent = judged.kind === "right" ? "Right: it is " + details.dataset.answer
          : (judged.kind === "close" ? "Close" : "Not this time") + ": you are off by " + off
            + ". Try again, or show the result";
        if (judged.kind === "right") details.open = true;
      });
      details.before(form);
    }
  };

  // The section being read, in the list at the side

  const followSections = () => {
    const links = new Map([...document.querySelectorAll(".page-contents a")].map((link) =>
      [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
    links.delete(null);
    if (!links.size) return;
    const mark = () => {
      let current;
      for (const [heading, link] of links) {
        link.removeAttribute("aria-current");
        if (heading.getBoundingClientRect().top < innerHeight / 3) current = link;
      }
      current?.setAttribute("aria-current", "location");
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of links.keys()) observer.observe(heading);
  };

  // What stands among the text is put there before a picture of it is drawn, so that nothing moves.
  const addToText = () => {
    addCopyButtons();
    addPredictions();
    if (document.readyState === "loading") requestAnimationFrame(addToText);
  };
  requestAnimationFrame(addToText);

  document.addEventListener("DOMContentLoaded", () => {
    const tools = document.getElementById("tools");
    addSearch(tools);
    addThemeButton(tools);
    addToText();
    followSections();
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && location.hash === "#contents") location.hash = "#main";
    });
  });
})();
