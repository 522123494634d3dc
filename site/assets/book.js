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

  const findAll = (entries, query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    for (const entry of entries) {
      entry.folded ??= [fold(entry.chapter), fold(entry.section), fold(entry.text)];
      let score = 0;
      for (const word of words) {
        const [chapter, section, text] = entry.folded;
        const here = (section.includes(word) ? 6 : 0) + (chapter.includes(word) ? 3 : 0)
          + (text.includes(word) ? 1 : 0) + (text.includes(" " + word) ? 1 : 0);
        if (!here) { score = 0; break; }
        score += here;
      }
      if (score) found.push({ entry, score, words });
    }
    return found.sort((a, b) => b.score - a.score);
  };

  const excerpt = ({ entry, words }) => {
    const text = entry.text;
    const at = Math.max(0, Math.min(...words.map((word) => {
      const place = text.toLowerCase().indexOf(word);
      return place < 0 ? text.length : place;
    })));
    const start = at >= text.length ? 0 : Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 50)));
    const piece = text.slice(start, start + 170);
    const line = make("span");
    if (start > 0) line.append("… ");
    const pattern = new RegExp("(" + words.map((word) =>
      word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") + ")", "i");
    piece.split(pattern).forEach((part, place) => {
      line.append(place % 2 ? make("mark", {}, part) : part);
    });
    return line;
  };

  const addSearch = (tools) => {
    const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
    const button = make("button", { type: "button" }, "Search",
      make("kbd", {}, isApple ? "⌘K" : "Ctrl K"));
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
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
        : found.length === 1 ? "1 place" : found.length + " places";
      list.replaceChildren(...found.slice(0, 20).map((hit) => make("li", {},
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
    for (const source of document.querySelectorAll(".cell > .source")) {
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

  const judge = (typed, answer, tolerance) => {
    const guess = Number(typed.replace(",", "."));
    if (typed.trim() === "" || !Number.isFinite(guess)) return null;
    const difference = Math.abs(guess - answer);
    const decimals = Math.min(15, (typed.split(/[.,]/)[1] ?? "").length);
    const scale = Math.max(Math.abs(answer), Math.abs(guess));
    // A reader who rounds is right, as long as the rounding keeps the value.
    const isRounded = Number(answer.toFixed(decimals)) === guess && difference <= 0.05 * scale;
    const isRight = difference <= tolerance * Math.max(1, Math.abs(answer)) || isRounded;
    const isClose = difference <= 0.1 * scale;
    return { kind: isRight ? "right" : isClose ? "close" : "off", difference };
  };

  const addPredictions = () => {
    for (const details of document.querySelectorAll("details.predict[data-answer]")) {
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
          verdict.textContent = "Type a number first";
          return;
        }
        const off = Number(judged.difference.toPrecision(3));
        verdict.className = judged.kind;
        verdict.textContent = judged.kind === "right" ? "Right: it is " + details.dataset.answer
          : (judged.kind === "close" ? "Close" : "Not this time") + ": it is "
            + details.dataset.answer + ", you were off by " + off;
        details.open = true;
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

  document.addEventListener("DOMContentLoaded", () => {
    const tools = document.getElementById("tools");
    addSearch(tools);
    addThemeButton(tools);
    addCopyButtons();
    addPredictions();
    followSections();
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && location.hash === "#contents") location.hash = "#main";
    });
  });
})();
