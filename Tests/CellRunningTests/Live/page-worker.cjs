// Runs a chapter's module in the page's own worker, taken out of the theme's script.
//
//     node page-worker.cjs positions LIVE.JS MODULE COUNT SKIPPED CELL…
//     node page-worker.cjs again LIVE.JS MODULE COUNT CELL
//
// `positions`: each cell with its defaults and then at COUNT drawn positions of its controls, the
// same in every run; one line of JSON each. SKIPPED is a line of values, such as 4.index=4, that is
// not wanted; empty for none.
// `again`: one cell COUNT times, at positions that repeat after 100 runs; one line of JSON with the
// bytes of memory after 100 runs and after the last, and how often cells began.
"use strict";
const fs = require("fs");
const { Duplex } = require("stream");
const zlib = require("zlib");

// Older versions of node have none that does without a head.
globalThis.DecompressionStream = class {
  constructor() { return Duplex.toWeb(zlib.createInflateRaw()); }
};

const [mode, script, file, count, ...rest] = process.argv.slice(2);
const source = fs.readFileSync(script, "utf8").match(/const worker = (\(\) => \{[\s\S]*?\n\});\n/);
if (!source) throw new Error("no worker in " + script);

let answer;
const memories = [];
let begins = 0;
globalThis.postMessage = (message) => { answer = message; };
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, { nnbook }) {
    const record = (kind, ...rest) => {
      if (kind === 0) begins++;
      nnbook.record(kind, ...rest);
    };
    super(module, { nnbook: { ...nnbook, record } });
    memories.push(this.exports.memory);
  }
};
(0, eval)("(" + source[1] + ")()");

let packed = fs.readFileSync(file).toString("base64");
const run = async (cell, values) => {
  await globalThis.onmessage({ data: { cell, values, packed } });
  packed = undefined;
  return answer;
};

// Numbers from 0 up to 1 (mulberry32).
const generator = (seed) => () => {
  seed = seed + 0x6D2B79F5 | 0;
  let mixed = Math.imul(seed ^ seed >>> 15, 1 | seed);
  mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
  return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
};

const draw = (control, random) => {
  const { kind, min, max, step, choices, default: initial } = control;
  const whole = (low, high) => low + Math.floor(random() * (high - low + 1));
  const between = (low, high) => low + random() * (high - low);
  switch (kind) {
    case "slider":
      if (!step) return [control.scale === "log" ? min * (max / min) ** random() : between(min, max)];
      return [min + step * whole(0, Math.floor((max - min) / step))];
    case "stepper": case "player": return [min + step * whole(0, Math.floor((max - min) / step))];
    case "picker": return [whole(0, choices.length - 1)];
    case "toggle": return [whole(0, 1)];
    // Bytes that need not be UTF-8.
    case "text": return Array.from({ length: whole(0, 12) }, () => whole(32, 255));
    case "seed": return [whole(0, 999999)];
    case "button": return [whole(0, 5)];
    case "weights": return initial.map(() => between(min, max));
    case "points": {
      const points = [];
      for (let place = 0; place < initial.length; place += 3) {
        if (place && random() < 0.2) continue;
        points.push(initial[place] + between(-0.5, 0.5), initial[place + 1] + between(-0.5, 0.5),
          whole(0, 1));
      }
      return points;
    }
    default: return undefined;
  }
};

// The lines that a native program reads from NNBOOK_CONTROLS.
const lines = (values) =>
  Object.entries(values).map(([name, numbers]) => name + "=" + numbers.join(";"));

const drawn = (controls, random, skipped) => {
  for (;;) {
    const values = {};
    for (const control of controls) {
      const numbers = draw(control, random);
      if (numbers) values[control.name] = numbers;
    }
    if (!lines(values).includes(skipped)) return values;
  }
};

(async () => {
  if (mode === "positions") {
    const [skipped, ...cells] = rest;
    for (const cell of cells) {
      const random = generator(Number(cell) + 1);
      const { controls } = await run(cell, {});
      for (let position = 0; position <= Number(count); position++) {
        const values = position ? drawn(controls, random, skipped) : {};
        const { shown, controls: declared, error } = await run(cell, values);
        fs.writeSync(1, JSON.stringify({
          cell: Number(cell), position: lines(values).join("\n"), shown, error: error ?? null,
          controls: declared.filter(({ name }) => name.startsWith(cell + ".")),
        }) + "\n");
      }
    }
  } else {
    const random = generator(1);
    const [cell] = rest;
    const { controls } = await run(cell, {});
    const positions = Array.from({ length: 100 }, () => drawn(controls, random, ""));
    let first, stops = 0;
    for (let time = 1; time <= Number(count); time++) {
      if ((await run(cell, positions[time % 100])).error) stops++;
      if (time === 100) first = memories[0].buffer.byteLength;
    }
    fs.writeSync(1, JSON.stringify({
      first, last: memories[0].buffer.byteLength, stops, begins, instances: memories.length,
    }) + "\n");
  }
})();
