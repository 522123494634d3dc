// Outputs

// Of Markdown, paragraphs and code; everything else stays as it is written.
const markdown = (text) => text.split(/\n\s*\n/).map((paragraph) => make("p", {},
  ...paragraph.split("`").map((part, place) => place % 2 ? make("code", {}, part) : part)));

const view = ({ kind, text }, alternative) => {
  if (kind === "markdown") return make("div", { className: kind }, ...markdown(text));
  const className = { console: kind, text: "value" }[kind];
  if (kind === "svg" && alternative) {
    return make("div", { className: kind, role: "group", "aria-label": alternative, innerHTML: text });
  }
  if (!className) return make("div", { className: kind, innerHTML: text });
  return make("pre", { className }, make("samp", {}, text.replace(/\n$/, "")));
};

// A value in a sentence, as its number and its text; set as the build sets it.
const signed = (number) => number.replace("-", "−");
const speak = (record) => {
  const [, index, text] = record.match(/^(\d+)\n([^]*)$/);
  const [, number, power] = text.match(/^(-?(?:\d[\d,]*(?:\.\d+)?%?|inf|nan))(?:e([-+]?\d+))?$/i) ?? [];
  for (const place of document.querySelectorAll(`[data-value="${index}"]`)) {
    place.replaceChildren(...power
      ? [signed(number) + "\u00a0·\u00a010", make("sup", {}, signed(`${+power}`))]
      : [number ? signed(number) : text]);
  }
};

// A live cell

const cells = [];
const roomy = matchMedia("(min-width: 80rem)"), narrow = matchMedia("(max-width: 40rem)");

const source = new Blob(["(" + worker + ")()"], { type: "text/javascript" });
const address = URL.createObjectURL(source);
const hire = () => {
  const hired = new Worker(address);
  hired.postMessage({ packed });
  return hired;
};
// One gets ready while the page is read, for the first cell that is near.
let packed, spare = hire();

class LiveCell {
  uses = new Set();
  afterRun = [];
  builders = new Map();
  message = make("p", { className: "live-message", role: "alert", hidden: true });
  status = make("p", { className: "live-status", role: "status" });
  values = make("p", { className: "live-values" });
  reset = press(say("reset"), "", () => this.forget());
  last = [row("reset", this.reset), this.message, this.values, this.status];

  constructor(element, output) {
    // What is dragged on a figure must not scroll the page, also after it was drawn anew.
    listen(output, "touchstart", (event) => {
      if (event.target.closest("[data-point], [data-weight]")) event.preventDefault();
    }, { passive: false });
    const index = element.dataset.live;
    Object.assign(this, { element, output, index, area: output.previousElementSibling,
      alternative: output.querySelector(".svg[aria-label]")?.getAttribute("aria-label") });
    this.anchor = element.querySelector(".output[id]")?.id ?? element.id;
    this.learn();
  }

  // What the build knows of it.
  learn() {
    if (!known[this.index]) return;
    const { limit, controls } = known[this.index];
    this.limit = limit;
    this.updateControls(controls.map((control) => ({ name: this.index + "." + control.key, ...control })));
  }

  // The newest position wins: while a run is under way, only the wish for another is kept.
  run() {
    if (!this.worker) {
      this.worker = spare ?? hire();
      spare = undefined;
      this.worker.onmessage = ({ data }) => this.show(data);
      this.worker.onerror = (event) => {
        event.preventDefault();
        this.end(event.message || say("cannotRun"));
      };
    }
    this.isAsked = this.isBusy || !packed;
    if (this.isAsked) return;
    this.isBusy = true;
    this.timer = setTimeout(() => this.end(say("tooLong", this.limit)), this.limit * 1000);
    this.worker.postMessage({ cell: this.index, values: chosen });
  }

  // A worker that is stuck, or broken, is replaced at the next move.
  end(reason) {
    this.worker?.terminate();
    this.worker = undefined;
    this.show({ error: reason });
  }

  show({ shown, controls, sentences, error, milliseconds }) {
    clearTimeout(this.timer);
    this.isBusy = false;
    if (milliseconds !== undefined) this.element.dataset.milliseconds = milliseconds.toFixed(2);
    if (controls) this.updateControls(controls);
    if (shown && !(error && !shown.length)) this.update(shown);
    if (!error) sentences?.forEach(speak);
    this.message.hidden = !error;
    this.message.textContent = error ? say("stopped", error) : "";
    this.output.classList.toggle("is-stale", !!error);
    this.element.dataset.runs = Number(this.element.dataset.runs ?? 0) + 1;
    if (this.isAsked) this.run(); else for (const action of this.afterRun) action();
  }

  update(shown) {
    const texts = shown.map((record) => record.kind + record.text);
    const isSame = this.texts && texts.length === this.texts.length
      && this.output.children.length === texts.length;
    // What was built is what a first run with the defaults gives: the build saw to that.
    const isBuilt = !this.texts && ![...this.uses].some((name) => name in chosen);
    if (!isBuilt) {
      if (!isSame) this.output.replaceChildren(...shown.map((record) => view(record, this.alternative)));
      else texts.forEach((text, place) => {
        if (text !== this.texts[place]) this.output.children[place].replaceWith(view(shown[place], this.alternative));
      });
      this.announce();
    }
    this.texts = texts;
  }

  // Said once the reader has stopped moving, and only what a sentence can hold.
  announce() {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      const words = [...this.output.querySelectorAll("samp, .markdown, desc")]
        .map((element) => element.textContent.trim()).join(". ");
      this.status.textContent = words.length > 300 ? words.slice(0, 300) + " …" : words;
    }, 700);
  }

  updateControls(controls) {
    this.uses = new Set(controls.map(({ name }) => name));
    const own = this.own = controls.filter(({ name }) => name.startsWith(this.index + "."));
    const elements = own.map((control) => {
      const kept = this.builders.get(control.name);
      const built = kept?.kind === kindOf(control) ? kept : this.build(control);
      const values = chosen[control.name] ?? [control.default].flat();
      built.update(control, values[0], values);
      return built.element;
    });
    if (elements.length !== this.laid?.length
      || elements.some((element, place) => element !== this.laid[place])) {
      this.lay(elements);
    }
    this.reset.disabled = !own.some(({ name }) => name in chosen);
    this.values.textContent = own
      .filter(({ kind }) => !["goal", "button", "points", "weights"].includes(kind))
      .map(({ kind, label, name, choices, default: initial }) => {
        if (kind === "text") return label + ": " + textOf(chosen[name] ?? [initial]);
        const value = chosen[name]?.[0] ?? initial;
        return label + ": " + (choices ? choices[value] : value);
      }).join(", ");
  }

  // Beside the result where there is room and much to choose; what comes last in a long list is
  // folded, since the first are the ones that the text speaks of.
  lay(elements) {
    this.laid = elements;
    const isInput = (element) => element.matches(".slider, .stepper, .picker, .text, .toggle, .seed");
    const inputs = elements.filter(isInput);
    this.element.classList.toggle("panel", inputs.length > 2);
    this.area.classList.toggle("few", inputs.length < 3);
    const [most, kept] = narrow.matches ? [3, 2] : [6, 4];
    const folded = inputs.length > most ? inputs.slice(kept) : [];
    this.more ??= make("details", { className: "more", open: roomy.matches }, make("summary", {}, say("moreControls")));
    this.more.replaceChildren(this.more.firstChild, ...folded);
    const shown = elements.filter((element) => !folded.includes(element));
    const place = shown.findLastIndex(isInput) + 1;
    if (folded.length) shown.splice(place, 0, this.more);
    this.area.replaceChildren(...shown, ...(elements.length ? this.last : [this.message]));
  }

  build(control) {
    const id = idOf(control.name);
    const set = (values) => choose(this, control.name, values);
    const builder = builders[control.kind] ?? builders.button;
    const built = { ...builder(control, set, id, this), kind: kindOf(control) };
    this.builders.set(control.name, built);
    return built;
  }

  forget() {
    const names = this.own.map(({ name }) => name);
    for (const name of names) delete chosen[name];
    writeAddress();
    for (const each of cells) if (names.some((name) => each.uses.has(name))) each.run();
    this.area.querySelector("input, select, button")?.focus();
  }
}

// Cells are found as the page is read, before their first picture is drawn: their controls are
// in it. What is near starts at once, but for what is folded away, which has no height.
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    // It may have gone, with its block, before it was near.
    target.cell?.run();
  }
}, { rootMargin: "400px 0px" });
const findCells = () => {
  for (const element of document.querySelectorAll("[data-live]")) {
    const output = byId(element.id + "-output");
    if (!output || element.cell || !known[element.dataset.live]) continue;
    const cell = element.cell = new LiveCell(element, output);
    cells.push(cell);
    const { top, bottom } = element.getBoundingClientRect();
    const isNear = bottom > Math.max(top, -400) && top < innerHeight + 400;
    if (isNear) cell.run(); else observer.observe(element);
  }
  if (document.readyState === "loading") requestAnimationFrame(findCells);
};
const goTo = (anchor) => byId(decodeURIComponent(anchor))?.scrollIntoView();
requestAnimationFrame(findCells);
listen(document, "DOMContentLoaded", () => {
  findCells();
  if (location.hash.includes("?")) {
    goTo(location.hash.slice(1).split("?")[0]);
    replaceAddress();
  }
});
listen(window, "popstate", () => {
  // A link within the page, or a way back: the address follows the controls.
  if (history.state?.nnbook || !location.hash.includes("?")) {
    if (location.hash !== "#contents") replaceAddress();
    return;
  }
  goTo(readAddress());
  for (const cell of cells) if (cell.worker) cell.run(); else cell.updateControls(cell.own);
});

// Called by the chapter's own scripts: the first says which controls there are, the second, which
// comes after the text, carries the module.
window.nnbookControls = (controls) => {
  known = controls;
  readAddress();
  for (const cell of cells) cell.learn();
};
Object.assign(nnbook, { state, cells, chosen, findCells });
window.nnbookLive = ({ module }) => {
  packed = module;
  for (const each of [spare, ...cells.map((cell) => cell.worker)]) each?.postMessage({ packed });
  for (const cell of cells) if (cell.isAsked) cell.run();
};
