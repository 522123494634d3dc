// The page

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

// Controls: each is { element, update(control, value, values) }

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
