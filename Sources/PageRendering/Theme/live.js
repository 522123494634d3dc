// Live cells: the chapter's own Swift, as WebAssembly, run again when the reader moves a control.
// Each cell works in a worker of its own, made from a blob, so a page opened from disk works too.
// Without this file every page is complete: it shows what the cells give for the defaults.
"use strict";

(() => {
  // ---- In the worker: the host of the module. It shares nothing with the page but messages.

  const worker = () => {
    const kinds = ["begin", "end", "text", "markdown", "html", "svg", "inline", "control", "console"];
    const decoder = new TextDecoder();
    let unpacking, module, exports, fresh, cell, values, shown, controls, current, asked;

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
        const last = shown.at(-1);
        if (current !== cell || kind < 2 || kind === 6 || kind === 7) return;
        if (kind === 8 && last?.kind === "console") last.text += record.text; else shown.push(record);
      },
      stop(start, count) { throw new Error(text(start, count)); },
      count() { return values[asked]?.length ?? -1; },
      value(index) { return values[asked][index]; },
    };

    // Every run starts from the memory that the module came with: nothing that a run leaves behind,
    // a stop half-way included, reaches the next one, and memory is used again.
    const restore = () => {
      if (!exports) {
        exports = new WebAssembly.Instance(module, { nnbook: imports }).exports;
        const memory = new Uint8Array(exports.memory.buffer);
        fresh = {
          data: memory.slice(exports.__global_base.value, exports.__heap_base.value),
          stack: exports.__stack_pointer.value,
        };
        return;
      }
      new Uint8Array(exports.memory.buffer).set(fresh.data, exports.__global_base.value);
      exports.__stack_pointer.value = fresh.stack;
    };

    const explained = (error) => {
      // Where this fails, what was printed is lost with the run.
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
        // The fence is the first line.
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
      if (data.packed) unpacking = unpacked(data.packed);
      if (!data.cell) return;
      ({ cell, values } = data);
      shown = [];
      controls = [];
      let start, error;
      try {
        module = await unpacking;
        start = performance.now();
        restore();
        exports["nnbook_cell_" + cell]();
      } catch (thrown) {
        error = explained(thrown);
      }
      postMessage({ shown, controls, error, milliseconds: performance.now() - start });
    };
  };

  // ---- The page

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value; else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  const byId = (id) => document.getElementById(id);

  const drawn = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const pair of Object.entries(attributes)) element.setAttribute(...pair);
    return element;
  };

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
  const listen = (target, ...rest) => target.addEventListener(...rest);
  const onLift = (action) => {
    for (const name of ["pointerup", "pointercancel"]) listen(window, name, action);
  };

  // Controls of one kind are changed in place; others are built anew.
  const kindOf = ({ kind, choices, names }) => [kind, choices, names].join();
  const idOf = (name) => "control-" + name.replace(/[^\w-]/g, "-");

  const cells = [];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // What the reader chose, by "cell.control"; what is missing stands at its default.
  const chosen = {};

  // ---- State in the address: #anchor?3.hidden-units=8&3.rate=0.1

  const readAddress = () => {
    for (const name of Object.keys(chosen)) delete chosen[name];
    const [anchor, query = ""] = location.hash.slice(1).split("?");
    for (const [name, value] of new URLSearchParams(query)) {
      const numbers = value === "" ? [] : value.split("_").map(Number);
      if (/^\d+\./.test(name) && numbers.every(Number.isFinite)) chosen[name] = numbers;
    }
    return query && anchor;
  };

  let writing;
  const writeAddress = (anchor) => {
    clearTimeout(writing);
    writing = setTimeout(() => {
      const query = Object.entries(chosen)
        .map(([name, values]) => encodeURIComponent(name) + "=" + values.join("_")).join("&");
      const old = location.hash.slice(1).split("?")[0];
      const hash = query ? "#" + (anchor ?? old) + "?" + query : old ? "#" + old : "";
      try {
        history.replaceState(history.state, "", hash || location.pathname + location.search);
      } catch {
        // Some browsers refuse this for files; the page works on.
      }
    }, 250);
  };

  const choose = (cell, name, values) => {
    if (values) chosen[name] = values; else delete chosen[name];
    writeAddress(cell.anchor);
    for (const each of cells) if (each.uses.has(name)) each.run();
  };

  // ---- Controls: each is { element, update(control, value, values) }

  const short = (value) => String(Number(value.toPrecision(6)));

  const sliderScale = ({ min, max, step, scale }) => {
    if (scale === "log") {
      const ratio = Math.log(max / min) / 100;
      return { count: 100, place: (value) => Math.round(Math.log(value / min) / ratio),
        at: (place) => [min, max][place / 100] ?? Number((min * Math.exp(place * ratio)).toPrecision(3)) };
    }
    const by = step || (max - min) / 100;
    return { count: Math.floor((max - min) / by + 1e-9),
      place: (value) => Math.round((value - min) / by),
      at: (place) => Number((min + place * by).toPrecision(7)) };
  };

  // A number that is typed, brought to the nearest one that is allowed.
  const numeric = (control, set, id) => {
    const input = make("input", { type: "number", id, inputMode: "numeric" });
    const give = (value) => {
      const { min, max, step } = control;
      const near = Math.round((value - min) / step) * step + min;
      input.value = clamp(near || min, min, max);
      set([Number(input.value)]);
    };
    listen(input, "change", () => give(Number(input.value)));
    return { input, give,
      update(now, value) {
        control = now;
        const { min, max, step } = now;
        Object.assign(input, { min, max, step, value });
      } };
  };

  const builders = {
    slider(control, set, id) {
      const input = make("input", { type: "range", id, min: 0 });
      const output = make("output", { htmlFor: id });
      let scale, start;
      const show = (value) => {
        output.textContent = short(value) + (control.unit ? " " + control.unit : "");
        input.setAttribute("aria-valuetext", output.textContent);
      };
      const give = () => {
        const value = scale.at(Number(input.value));
        show(value);
        set([value]);
      };
      listen(input, "input", give);
      // A finger that begins to scroll here has moved the slider already.
      listen(input, "pointerdown", () => { start = input.value; });
      listen(input, "pointercancel", () => { input.value = start; give(); });
      return {
        element: row("slider", named(id, control.label), input, output),
        update(now, value) {
          control = now;
          scale = sliderScale(now);
          input.max = scale.count;
          input.value = scale.place(value);
          show(value);
        },
      };
    },

    stepper(control, set, id) {
      const { input, give, update } = numeric(control, set, id);
      const button = (sign, by, words) => press(sign, control.label + ": " + words,
        () => give(Number(input.value) + by * input.step));
      return {
        element: row("stepper", named(id, control.label),
          make("span", {}, button("−", -1, "less"), input, button("+", 1, "more")),
          make("span", { className: "unit" }, control.unit ?? "")),
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

    toggle(control, set, id) {
      const input = make("input", { type: "checkbox", id });
      listen(input, "change", () => set([input.checked ? 1 : 0]));
      return {
        element: row("toggle", input, named(id, control.label)),
        update(now, value) { input.checked = value; },
      };
    },

    seed(control, set, id) {
      const { input, give, update } = numeric(control, set, id);
      const draw = press("New", control.label + ": draw a new one",
        () => give(Math.floor(Math.random() * 1000)));
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
          const text = now.reached ? "Reached" : "Not yet";
          if (words.textContent !== text) words.textContent = text;
        },
      };
    },

    // One slider for each weight, in the order of the network.
    weights(control, set, id) {
      let values = [];
      const rows = control.names.map((name, place) => builders.slider(
        { label: name }, ([value]) => { values[place] = value; set([...values]); }, id + "-" + place));
      return {
        element: make("fieldset", { className: "control weights" },
          make("legend", {}, control.label), ...rows.map((row) => row.element)),
        update(now, value, chosen) {
          values = [...chosen];
          rows.forEach((row, place) => row.update(now, values[place]));
        },
      };
    },

    // Points on the plane of the cell's first figure that has one: drag, or move with the arrow
    // keys; Enter changes the class, Delete takes away.
    points(control, set, id, cell) {
      const kind = choice(control.label + ": class of new points", ["class 0", "class 1"]);
      const add = press("Add", "", () => {
        points.push([...points.at(-1).slice(0, 2), kind.selectedIndex]);
        give();
      });
      const clear = press("Clear", "", () => { points = points.slice(0, 1); give(); });
      let points = [], held = -1, within;
      const group = (flat) => flat.flatMap((_, place) => place % 3 ? [] : [flat.slice(place, place + 3)]);
      const give = () => set(points.flat().map((value) => Number(value.toPrecision(4))));
      const plane = () => {
        const mark = cell.output.querySelector(".nn-plane");
        if (!mark) return;
        const svg = mark.ownerSVGElement;
        const [left, top, width, height] = mark.dataset.area.split(" ").map(Number);
        const [low, high, floor, ceiling] = mark.dataset.range.split(" ").map(Number);
        return { svg,
          toFigure: ([x, y]) => [left + (x - low) / (high - low) * width,
            top + (ceiling - y) / (ceiling - floor) * height],
          fromEvent: (event) => {
            const at = new DOMPoint(event.clientX, event.clientY)
              .matrixTransform(svg.getScreenCTM().inverse());
            return [low + (at.x - left) / width * (high - low),
              ceiling - (at.y - top) / height * (ceiling - floor)];
          },
          within: ([x, y]) => [clamp(x, low, high), clamp(y, floor, ceiling)],
          step: [(high - low) / 40, (ceiling - floor) / 40] };
      };
      const draw = () => {
        const view = plane();
        if (!view) return;
        const { svg } = view;
        const focus = document.activeElement?.dataset?.point;
        svg.querySelector(".nn-handles")?.remove();
        const layer = drawn("g", { class: "nn-handles" });
        points.forEach((point, place) => {
          const [x, y] = view.toFigure(point);
          const handle = drawn("circle", { cx: x, cy: y, tabindex: 0,
            role: "button", "data-point": place, fill: "transparent", "aria-label":
              `point ${place + 1} at ${short(point[0])}, ${short(point[1])}, class ${point[2]}` });
          listen(handle, "keydown", (event) => {
            const [right, up] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1],
              ArrowDown: [0, -1] }[event.key] ?? [0, 0];
            point[0] += right * view.step[0];
            point[1] += up * view.step[1];
            if (event.key === "Enter") point[2] = 1 - point[2];
            else if (event.key === "Delete" && points.length > 1) points.splice(place, 1);
            else if (!right && !up) return;
            event.preventDefault();
            give();
          });
          layer.append(handle);
        });
        svg.append(layer);
        svg.setAttribute("role", "group");
        if (focus !== undefined) layer.children[focus]?.focus();
      };
      cell.afterRun.push(draw);
      // A finger may be about to scroll: it adds a point when it is lifted.
      for (const name of ["pointerdown", "pointerup"]) listen(cell.output, name, (event) => {
        const view = plane();
        if (event.button || !view?.svg.contains(event.target)) return;
        event.preventDefault();
        const isDown = name === "pointerdown", isTouch = event.pointerType === "touch";
        if (isDown) {
          held = Number(event.target.dataset.point ?? -1);
          ({ within } = view);
        }
        const point = view.fromEvent(event);
        if (held >= 0 || isTouch === isDown || String(point) !== String(within(point))) return;
        points.push([...point, kind.selectedIndex]);
        if (isDown) held = points.length - 1;
        give();
      });
      listen(window, "pointermove", (event) => {
        const view = held >= 0 && plane();
        if (!view) return;
        // The figure grows with its points, but not under the one that is being dragged.
        [points[held][0], points[held][1]] = within(view.fromEvent(event));
        give();
      });
      onLift(() => { held = -1; });
      return {
        element: row("points",
          make("span", {}, control.label), kind, add, clear,
          make("span", {}, "drag them, or press on the figure for more")),
        update(now, value, values) { if (held < 0 || !points.length) points = group(values); },
      };
    },

    // A slider over the steps of a training, with buttons that move it.
    player(control, set, id, cell) {
      const slider = builders.slider(control, (values) => { pause(); set(values); }, id);
      const speeds = [1, 2, 5, 10, 25];
      const speed = choice(control.label + ": speed", speeds.map((factor) => factor + "×"));
      let value, playing = false;
      const button = (name, action) => press(name, "", () => { pause(); action(); });
      const go = (to) => {
        value = clamp(to, control.min, control.max);
        set([value]);
      };
      const pause = () => { playing = false; play.textContent = "Play"; };
      const next = () => {
        if (!playing) return;
        // To who asked for calm, a few still pictures in place of a film.
        const stride = calm.matches
          ? Math.max(1, Math.round((control.max - control.min) / 10 / control.step))
          : speeds[speed.selectedIndex];
        go(value + stride * control.step);
        if (value >= control.max) pause();
      };
      cell.afterRun.push(() => {
        if (playing) setTimeout(() => requestAnimationFrame(next), calm.matches ? 700 : 0);
      });
      const play = press("Play", "", () => {
        if (playing) return pause();
        playing = true;
        play.textContent = "Pause";
        if (value >= control.max) go(control.min); else next();
      });
      return {
        element: row("player", slider.element, make("span", { className: "buttons" }, play,
          button("Step", () => go(value + control.step)), button("Restart", () => go(control.min)), speed)),
        update(now, at) {
          control = now;
          value = at;
          slider.update(now, at);
        },
      };
    },
  };

  // A weight on a network's diagram is a handle of its slider: it takes the keys, and moves as the
  // handle is dragged up or down.
  let held;
  listen(document, "pointerdown", (event) => {
    const input = byId(idOf(event.target.closest("[data-weight]")?.dataset.weight ?? ""));
    if (!input || event.button) return;
    event.preventDefault();
    input.focus({ preventScroll: true });
    held = { input, start: Number(input.value) + event.clientY / 2 };
  });
  listen(document, "pointermove", (event) => {
    if (!held) return;
    held.input.value = held.start - event.clientY / 2;
    held.input.dispatchEvent(new Event("input"));
  });
  onLift(() => { held = null; });

  // ---- Outputs

  // Of Markdown, paragraphs and code; everything else stays as it is written.
  const markdown = (text) => text.split(/\n\s*\n/).map((paragraph) => make("p", {},
    ...paragraph.split("`").map((part, place) => place % 2 ? make("code", {}, part) : part)));

  const view = ({ kind, text }) => {
    if (kind === "markdown") return make("div", { className: kind }, ...markdown(text));
    const className = { console: kind, text: "value" }[kind];
    if (!className) return make("div", { className: kind, innerHTML: text });
    return make("pre", { className }, make("samp", {}, text.replace(/\n$/, "")));
  };

  // ---- A live cell

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
    reset = press("Reset", "", () => this.forget());
    last = [row("reset", this.reset), this.message, this.values, this.status];

    constructor(element, output) {
      // What is dragged on a figure must not scroll the page, also after it was drawn anew.
      listen(output, "touchstart", (event) => {
        if (event.target.closest("[data-point], [data-weight]")) event.preventDefault();
      }, { passive: false });
      const index = element.dataset.live;
      Object.assign(this, { element, output, index, area: output.previousElementSibling,
        limit: known[index].limit });
      this.anchor = element.querySelector(".output[id]")?.id ?? element.id;
      this.updateControls(known[index].controls.map((control) =>
        ({ name: index + "." + control.key, ...control })));
    }

    // The newest position wins: while a run is under way, only the wish for another is kept.
    run() {
      if (!this.worker) {
        this.worker = spare ?? hire();
        spare = undefined;
        this.worker.onmessage = ({ data }) => this.show(data);
        this.worker.onerror = (event) => {
          event.preventDefault();
          this.end(event.message || "this browser cannot run the cell");
        };
      }
      this.isAsked = this.isBusy || !packed;
      if (this.isAsked) return;
      this.isBusy = true;
      this.timer = setTimeout(() => this.end("the cell ran for more than " + this.limit
        + " s and was stopped"), this.limit * 1000);
      this.worker.postMessage({ cell: this.index, values: chosen });
    }

    // A worker that is stuck, or broken, is replaced at the next move.
    end(reason) {
      this.worker?.terminate();
      this.worker = undefined;
      this.show({ error: reason });
    }

    show({ shown, controls, error, milliseconds }) {
      clearTimeout(this.timer);
      this.isBusy = false;
      if (milliseconds !== undefined) this.element.dataset.milliseconds = milliseconds.toFixed(2);
      if (controls) this.updateControls(controls);
      if (shown && !(error && !shown.length)) this.update(shown);
      this.message.hidden = !error;
      this.message.textContent = error ? "Stopped: " + error : "";
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
        if (!isSame) this.output.replaceChildren(...shown.map(view));
        else texts.forEach((text, place) => {
          if (text !== this.texts[place]) this.output.children[place].replaceWith(view(shown[place]));
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
      const old = this.area.children;
      if (elements.length !== this.count || elements.some((element, place) => element !== old[place])) {
        this.area.replaceChildren(...elements, ...(own.length ? this.last : [this.message]));
      }
      this.count = elements.length;
      this.reset.disabled = !own.some(({ name }) => name in chosen);
      this.values.textContent = own
        .filter(({ kind }) => !["goal", "button", "points", "weights"].includes(kind))
        .map(({ label, name, choices, default: initial }) => {
          const value = chosen[name]?.[0] ?? initial;
          return label + ": " + (choices ? choices[value] : value);
        }).join(", ");
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
      target.cell.run();
    }
  }, { rootMargin: "400px 0px" });
  const find = () => {
    for (const element of document.querySelectorAll("[data-live]")) {
      const output = byId(element.id + "-output");
      if (!output || element.cell) continue;
      const cell = element.cell = new LiveCell(element, output);
      cells.push(cell);
      const { top, bottom } = element.getBoundingClientRect();
      const isNear = bottom > Math.max(top, -400) && top < innerHeight + 400;
      if (isNear) cell.run(); else observer.observe(element);
    }
    if (document.readyState === "loading") requestAnimationFrame(find);
  };
  const anchor = readAddress();
  requestAnimationFrame(find);
  listen(document, "DOMContentLoaded", () => {
    find();
    if (anchor) byId(anchor)?.scrollIntoView();
  });
  listen(window, "hashchange", () => {
    readAddress();
    for (const cell of cells) if (cell.worker) cell.run(); else cell.updateControls(cell.own);
  });

  // Called by the chapter's own scripts: the first says which controls there are, the second, which
  // comes after the text, carries the module.
  let known;
  window.nnbookControls = (controls) => { known = controls; };
  window.nnbookLive = ({ module }) => {
    packed = module;
    for (const each of [spare, ...cells.map((cell) => cell.worker)]) each?.postMessage({ packed });
    for (const cell of cells) if (cell.isAsked) cell.run();
  };
})();
