"use strict";
(() => {
const { make, listen, say } = nnbook;
const { builders, row, press, choice, short, clamp, onLift, idOf } = nnbook.live;
const drawn = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const pair of Object.entries(attributes)) element.setAttribute(...pair);
  return element;
};
Object.assign(builders, {
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
  points(control, set, id, cell) {
    const kind = choice(say("classOfNew", control.label), [say("classNumber", 0), say("classNumber", 1)]);
    const add = press(say("add"), "", () => {
      points.push([...points.at(-1).slice(0, 2), kind.selectedIndex]);
      give();
    });
    const clear = press(say("clear"), "", () => { points = points.slice(0, 1); give(); });
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
            say("pointAt", place + 1, short(point[0]), short(point[1]), point[2]) });
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
      [points[held][0], points[held][1]] = within(view.fromEvent(event));
      give();
    });
    onLift(() => { held = -1; });
    return {
      element: row("points",
        make("span", {}, control.label), kind, add, clear,
        make("span", {}, say("dragHint"))),
      update(now, value, values) { if (held < 0 || !points.length) points = group(values); },
    };
  },
});
let held;
listen(document, "pointerdown", (event) => {
  const input = document.getElementById(idOf(event.target.closest("[data-weight]")?.dataset.weight ?? ""));
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
})();
