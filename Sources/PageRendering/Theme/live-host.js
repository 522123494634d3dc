// Live cells: the chapter's own Swift, as WebAssembly, run again when the reader moves a control.
// Each cell works in a worker of its own, made from a blob, so a page opened from disk works too.
// Without this script every page is complete: it shows what the cells give for the defaults.

// In the worker: the host of the module. It shares nothing with the page but messages.

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

  // Every run starts from the memory that the module came with: nothing that a run leaves behind,
  // a stop half-way included, reaches the next one, and memory is used again. What a cell computes
  // before it asks for a value runs once; then runs start from the memory after it.
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
      // To copy much at every move may take longer than to compute it.
      if (exports.nnbook_top() < 1 << 25) begun = kept(exports.nnbook_top());
    }
    exports.nnbook_rest();
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
    // Another one where a served chapter has changed.
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
