// Controls: each kind is built once, and then changed in place.

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

// A text is given to a cell, and kept in the address, as the bytes it has in UTF-8.
const textOf = (values) => typeof values[0] === "string" ? values[0]
  : new TextDecoder().decode(Uint8Array.from(values));

const kindOf = ({ kind, choices, names }) => [kind, choices, names].join();
// Letters of every alphabet stay: x₁ and x₂ are two controls.
const idOf = (name) => "control-" + name.replace(".", "-");

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// As figures write numbers.
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

// A number that is typed, brought to the nearest one that the control can have. The arrow keys
// move it by one step.
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
      // What is being typed stays, until it is given.
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
    // A finger that begins to scroll here has moved the slider already.
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
        // Setting what stands there already would move the caret.
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

  // A slider over the steps of a training, with buttons that move it.
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

// Kinds that few chapters have come in a script of their own.
nnbook.live = { builders, row, press, choice, short, clamp, onLift, idOf };
