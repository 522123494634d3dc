"use strict";
(() => {
const worker = () => {
  const kinds = ["begin", "end", "text", "markdown", "html", "svg", "inline", "control", "console"];
  const decoder = new TextDecoder();
  let unpacking, module, exports, fresh, begun, cell, values, shown, controls, sentences, current, asked;
  const text = (start, count) => decoder.decode(new Uint8Array(exports.memory.buffer, start, count));
  const imports = {
    record(kind, start, count) {
      if (kind !== 8) exports.nnbook_flush();
      const record = { kind: kinds[kind], text: text(start, count) };
      if (kind === 0) current = record.text;
      if (kind === 7) {
        asked = current + "." + JSON.parse(record.text).key;
        controls.push({ name: asked, ...JSON.parse(record.text) });
      }
      if (current === cell && kind === 6) sentences.push(record.text);
      const last = shown.at(-1);
      if (current !== cell || kind < 2 || kind === 6 || kind === 7) return;
      if (kind === 8 && last?.kind === "console") last.text += record.text; else shown.push(record);
    },
    stop(start, count) { throw new Error(text(start, count)); },
    count() { return values[asked]?.length ?? -1; },
    value(index) { return values[asked][index]; },
  };
  const kept = (end) => ({
    data: new Uint8Array(exports.memory.buffer).slice(exports.__global_base.value, end),
    stack: exports.__stack_pointer.value,
    cell, current, shown: shown.map((record) => ({ ...record })),
  });
  const run = () => {
    if (!exports) {
      exports = new WebAssembly.Instance(module, { nnbook: imports }).exports;
      fresh = kept(exports.__heap_base.value);
    } else {
      if (begun?.cell !== cell) begun = undefined;
      const from = begun ?? fresh;
      new Uint8Array(exports.memory.buffer).set(from.data, exports.__global_base.value);
      exports.__stack_pointer.value = from.stack;
    }
    if (begun) {
      current = begun.current;
      shown = begun.shown.map((record) => ({ ...record }));
    } else {
      asked = undefined;
      exports["nnbook_cell_" + cell]();
      if (!exports.nnbook_rest || asked) return exports.nnbook_rest?.();
      exports.nnbook_flush();
      if (exports.nnbook_top() < 1 << 25) begun = kept(exports.nnbook_top());
    }
    exports.nnbook_rest();
  };
  const explained = (error) => {
    try { exports?.nnbook_flush(); } catch {}
    const last = shown.at(-1);
    const said = /(?:^|\n)(?:Live\/(\d+):(\d+): )?[^\n]*?(?:Fatal error|Precondition failed|Assertion failed)(?:: )?([^\n]*)\n$/;
    const found = last?.kind === "console" && last.text.match(said);
    const place = exports?.nnbook_place();
    let message = error.message, where = place >> 16, line = place & 65535;
    if (found) {
      last.text = last.text.slice(0, found.index);
      if (!last.text) shown.pop();
      message = found[3] || "a condition was not met";
      if (found[1]) [where, line] = [found[1], found[2] - 1];
    } else if (error instanceof RangeError) {
      message = "calls went too deep, or memory ran out";
    } else if (error instanceof WebAssembly.RuntimeError) {
      message = "a number or an index went out of range, or a missing value was used";
    }
    return message + (line
      ? ` (line ${line}${where == cell ? "" : " of an earlier cell"})` : "");
  };
  const unpacked = async (text) => {
    const { readable, writable } = new DecompressionStream("deflate-raw");
    const writer = writable.getWriter();
    writer.write(Uint8Array.fromBase64?.(text)
      ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    writer.close();
    return new WebAssembly.Module(await new Response(readable).arrayBuffer());
  };
  onmessage = async ({ data }) => {
    if (data.packed) {
      unpacking = unpacked(data.packed);
      exports = begun = undefined;
    }
    if (!data.cell) return;
    ({ cell, values } = data);
    shown = [];
    controls = [];
    sentences = [];
    let start, error;
    try {
      module = await unpacking;
      start = performance.now();
      run();
    } catch (thrown) {
      error = explained(thrown);
    }
    postMessage({ shown, controls, sentences, error, milliseconds: performance.now() - start });
  };
};
const chosen = {};
let known;
const controlNamed = (name) => {
  const [cell, key] = name.split(/\.(.*)/s);
  return known?.[cell]?.controls.find((control) => control.key === key);
};
const allowed = (control, values) => {
  const [value] = values;
  switch (control?.kind) {
    case "slider": case "stepper": case "player": case "seed": {
      const { count, at, place } = sliderScale(control);
      return [at(clamp(place(value), 0, count))];
    }
    case "picker": return [clamp(Math.round(value), 0, control.choices.length - 1)];
    case "toggle": return [value ? 1 : 0];
    case "weights": return control.names.map((_, place) =>
      clamp(values[place] ?? control.default[place], control.min, control.max));
    default: return values;
  }
};
const readAddress = () => {
  const [anchor, query = ""] = location.hash.slice(1).split("?");
  if (!query) return;
  for (const name of Object.keys(chosen)) delete chosen[name];
  for (const [name, value] of new URLSearchParams(query)) {
    const numbers = value === "" ? [] : value.split("_").map(Number);
    if (!/^\d+\./.test(name) || !numbers.every(Number.isFinite)) continue;
    chosen[name] = numbers.length ? allowed(controlNamed(name), numbers) : numbers;
  }
  return anchor;
};
const state = () => Object.entries(chosen)
  .map(([name, values]) => encodeURIComponent(name) + "=" + values.join("_")).join("&");
let writing;
const replaceAddress = (anchor) => {
  const query = state();
  const old = location.hash.slice(1).split("?")[0];
  const hash = query ? "#" + (anchor ?? old) + "?" + query : old ? "#" + old : "";
  try {
    history.replaceState({ ...history.state, nnbook: true }, "",
      hash || location.pathname + location.search);
  } catch {
  }
};
const writeAddress = (anchor) => {
  clearTimeout(writing);
  writing = setTimeout(replaceAddress, 250, anchor);
};
const choose = (cell, name, values) => {
  if (values) chosen[name] = values; else delete chosen[name];
  writeAddress(cell.anchor);
  for (const each of cells) if (each.uses.has(name)) each.run();
};
const { make, listen, say } = nnbook;
const byId = (id) => document.getElementById(id);
const press = (text, label, action) => {
  const button = make("button", { type: "button", ...(label && { "aria-label": label }) }, text);
  listen(button, "click", action);
  return button;
};
const options = (names) => names.map((name) => make("option", {}, name));
const choice = (label, names) => make("select", { "aria-label": label }, ...options(names));
const row = (kind, ...children) => make("div", { className: "control " + kind }, ...children);
const named = (id, text) => make("label", { htmlFor: id }, text);
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const onLift = (action) => {
  for (const name of ["pointerup", "pointercancel"]) listen(window, name, action);
};
const textOf = (values) => typeof values[0] === "string" ? values[0]
  : new TextDecoder().decode(Uint8Array.from(values));
const kindOf = ({ kind, choices, names }) => [kind, choices, names].join();
const idOf = (name) => "control-" + name.replace(".", "-");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const short = (value) => String(Number(value.toPrecision(6))).replace("-", "−");
const { number } = nnbook;
const sliderScale = ({ min, max, step, scale }) => {
  if (scale === "log") {
    const ratio = Math.log(max / min) / 100;
    return { count: 100, place: (value) => Math.round(Math.log(Math.max(value, min) / min) / ratio),
      at: (place) => [min, max][place / 100] ?? Number((min * Math.exp(place * ratio)).toPrecision(3)) };
  }
  const by = step || (max - min) / 100;
  return { count: Math.floor((max - min) / by + 1e-9),
    place: (value) => Math.round((value - min) / by),
    at: (place) => Number((min + place * by).toPrecision(7)) };
};
const field = (set, properties) => {
  const input = make("input", { type: "text", className: "number", autocomplete: "off",
    inputMode: "decimal", ...properties });
  let scale, shown;
  const give = (place) => {
    shown = scale.at(clamp(place, 0, scale.count));
    input.value = short(shown);
    set([shown]);
  };
  const step = (by) => give(scale.place(shown) + by);
  listen(input, "change", () => {
    const value = number(input.value);
    if (value === null) input.value = short(shown); else give(scale.place(value));
  });
  listen(input, "keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  return { input, give, step, at: (value) => give(scale.place(value)),
    update(control, value) {
      scale = sliderScale(control);
      shown = value;
      const text = short(value);
      if (document.activeElement !== input || number(input.value) !== value) input.value = text;
    } };
};
const builders = {
  slider(control, set, id) {
    const input = make("input", { type: "range", id, min: 0 });
    const value = field(([to]) => {
      input.value = scale.place(to);
      tell(to);
      set([to]);
    }, { "aria-label": say("asNumber", control.label) });
    let scale, start;
    const tell = (value) => input.setAttribute("aria-valuetext",
      short(value) + (control.unit ? " " + control.unit : ""));
    const give = () => value.give(Number(input.value));
    listen(input, "input", give);
    listen(input, "pointerdown", () => { start = input.value; });
    listen(input, "pointercancel", () => { input.value = start; give(); });
    return {
      element: row("slider", named(id, control.label), input,
        make("span", {}, value.input, control.unit ?? "")),
      update(now, to) {
        control = now;
        scale = sliderScale(now);
        input.max = scale.count;
        input.value = scale.place(to);
        value.update(now, to);
        tell(to);
      },
    };
  },
  stepper(control, set, id) {
    const { input, step, update } = field(set, { id });
    return {
      element: row("stepper", named(id, control.label), make("span", {},
        press("−", say("less", control.label), () => step(-1)), input,
        press("+", say("more", control.label), () => step(1)), control.unit ?? "")),
      update,
    };
  },
  picker(control, set, id) {
    const select = make("select", { id }, ...options(control.choices));
    listen(select, "change", () => set([select.selectedIndex]));
    return {
      element: row("picker", named(id, control.label), select),
      update(now, value) { select.selectedIndex = value; },
    };
  },
  text(control, set, id) {
    const input = make("input", { className: "words", id, autocomplete: "off", maxLength: 200 });
    listen(input, "input", () => set([...new TextEncoder().encode(input.value)]));
    return {
      element: row("text", named(id, control.label), input),
      update(now, value, values) {
        const text = textOf(values);
        if (input.value !== text) input.value = text;
      },
    };
  },
  toggle(control, set, id) {
    const input = make("input", { type: "checkbox", id });
    listen(input, "change", () => set([input.checked ? 1 : 0]));
    return {
      element: row("toggle", input, named(id, control.label)),
      update(now, value) { input.checked = value; },
    };
  },
  seed(control, set, id) {
    const { input, at, update } = field(set, { id });
    const draw = press(say("new"), say("drawNew", control.label),
      () => at(Math.floor(Math.random() * 1000)));
    return { element: row("seed", named(id, control.label), make("span", {}, input, draw)), update };
  },
  button(control, set) {
    let presses = 0;
    const button = press(control.label, "", () => set([++presses]));
    return { element: row("press", button), update(now, value = 0) { presses = value; } };
  },
  goal(control) {
    const mark = make("span", { className: "mark", "aria-hidden": "true" });
    const words = make("span", { role: "status" });
    const element = make("p", { className: "control goal" }, mark, control.label, " ", words);
    return {
      element,
      update(now) {
        element.classList.toggle("reached", now.reached);
        mark.textContent = now.reached ? "✓" : "○";
        const text = say(now.reached ? "reached" : "notYet");
        if (words.textContent !== text) words.textContent = text;
      },
    };
  },
  player(control, set, id, cell) {
    const slider = builders.slider(control, (values) => { pause(); set(values); }, id);
    const speeds = [1, 2, 5, 10, 25];
    const speed = choice(say("speed", control.label), speeds.map((factor) => factor + "×"));
    let value, playing = false;
    const button = (name, action) => press(name, "", () => { pause(); action(); });
    const go = (to) => {
      value = clamp(to, control.min, control.max);
      set([value]);
    };
    const pause = () => { playing = false; play.textContent = say("play"); };
    const next = () => {
      if (!playing) return;
      const stride = calm.matches
        ? Math.max(1, Math.round((control.max - control.min) / 10 / control.step))
        : speeds[speed.selectedIndex];
      go(value + stride * control.step);
      if (value >= control.max) pause();
    };
    cell.afterRun.push(() => {
      if (playing) setTimeout(() => requestAnimationFrame(next), calm.matches ? 700 : 0);
    });
    const play = press(say("play"), "", () => {
      if (playing) return pause();
      playing = true;
      play.textContent = say("pause");
      if (value >= control.max) go(control.min); else next();
    });
    return {
      element: row("player", slider.element, make("span", { className: "buttons" }, play,
        button(say("step"), () => go(value + control.step)), button(say("restart"), () => go(control.min)), speed)),
      update(now, at) {
        control = now;
        value = at;
        slider.update(now, at);
      },
    };
  },
};
nnbook.live = { builders, row, press, choice, short, clamp, onLift, idOf };
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
const cells = [];
const roomy = matchMedia("(min-width: 80rem)"), narrow = matchMedia("(max-width: 40rem)");
const source = new Blob(["(" + worker + ")()"], { type: "text/javascript" });
const address = URL.createObjectURL(source);
const hire = () => {
  const hired = new Worker(address);
  hired.postMessage({ packed });
  return hired;
};
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
    listen(output, "touchstart", (event) => {
      if (event.target.closest("[data-point], [data-weight]")) event.preventDefault();
    }, { passive: false });
    const index = element.dataset.live;
    Object.assign(this, { element, output, index, area: output.previousElementSibling,
      alternative: output.querySelector(".svg[aria-label]")?.getAttribute("aria-label") });
    this.anchor = element.querySelector(".output[id]")?.id ?? element.id;
    this.learn();
  }
  learn() {
    if (!known[this.index]) return;
    const { limit, controls } = known[this.index];
    this.limit = limit;
    this.updateControls(controls.map((control) => ({ name: this.index + "." + control.key, ...control })));
  }
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
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
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
  if (history.state?.nnbook || !location.hash.includes("?")) {
    if (location.hash !== "#contents") replaceAddress();
    return;
  }
  goTo(readAddress());
  for (const cell of cells) if (cell.worker) cell.run(); else cell.updateControls(cell.own);
});
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
})();
