extension ReloadScript {
  /// Live cells whose blocks are exchanged, or whose module is another.
  static let liveCells = #"""
    function retire(live) {
      if (!live) return;
      clearTimeout(live.timer);
      live.worker?.terminate();
      delete live.element.cell;
      const cells = window.nnbook.cells;
      cells.splice(cells.indexOf(live), 1);
    }

    // Where live cells are now, by their indexes: by their code, and those that changed by their order.
    function places(old, next) {
      const [from, to] = [old, next].map((page) => [...page.querySelectorAll("article [data-live]")].map(
        (cell) => ({ index: cell.dataset.live, code: cell.querySelector(".source")?.textContent })));
      const found = new Map();
      const pair = (one, other) => {
        found.set(one.index, other.index);
        from.splice(from.indexOf(one), 1);
        to.splice(to.indexOf(other), 1);
      };
      for (const isAlike of [(one, other) => one.index === other.index, () => true]) {
        for (const one of [...from]) {
          const other = one.code && to.find((other) => other.code === one.code && isAlike(one, other));
          if (other) pair(one, other);
        }
      }
      if (from.length === to.length) for (const one of [...from]) pair(one, to[0]);
      return found;
    }

    // What the reader chose goes with its cell.
    function carry(places) {
      const chosen = window.nnbook?.chosen ?? {};
      const old = Object.entries(chosen);
      for (const [name] of old) delete chosen[name];
      for (const [name, values] of old) {
        const [index, key] = name.split(/\.(.*)/s);
        if (places.has(index)) chosen[places.get(index) + "." + key] = values;
      }
    }

    // The page's address is where a chapter's controls look for what was chosen.
    function writeAddress() {
      const state = window.nnbook.state();
      const anchor = location.hash.split("?")[0];
      history.replaceState({ ...history.state, nnbook: true }, "",
        state ? (anchor || "#") + "?" + state : anchor || location.pathname + location.search);
    }

    // The module of a chapter, and what is known of its controls, are scripts of their own.
    const isOfLiveCells = /\.(?:controls|live)\.js$/;
    const ownScripts = (changed) => [...document.querySelectorAll("head script[src]")]
      .map((script) => new URL(script.src).pathname)
      .filter((path, place, all) => isOfLiveCells.test(path) && all.indexOf(path) === place
        && changed.includes(decodeURIComponent(path).replace(/^\/+/, "")))
      .sort();
    async function load(paths) {
      for (const path of paths) {
        await new Promise((resolve, reject) => {
          const script = document.createElement("script");
          Object.assign(script, { src: `${path}?version=${last}`, onerror: reject });
          script.onload = () => {
            script.remove();
            resolve();
          };
          document.head.append(script);
        });
      }
    }

    // Cells that are new begin to live, and all show what the reader chose.
    async function enliven(scripts) {
      const nnbook = window.nnbook;
      if (!nnbook?.cells) return;
      for (const live of [...nnbook.cells]) if (!live.element.isConnected) retire(live);
      if (scripts.length) {
        writeAddress();
        await load(scripts);
      }
      nnbook.findCells();
      for (const live of nnbook.cells) if (live.worker) live.run();
    }

    """#
}
