extension ReloadScript {
  /// Puts what is new in a page into the one at hand.
  static let blocks = #"""
    // What keeps something that a reader did to it is not exchanged under their hands.
    const works = "script, form, input";
    const isAlive = (block) => block.matches(works) || block.querySelector(works);

    // A cell that is being edited keeps its editor, and with it what was typed there; one that is alive keeps
    // its controls, and the elements to which it listens.
    const editors = "[data-nnbook-edit]";
    function fill(cell, next) {
      const live = cell.dataset.live === next.dataset.live ? cell.cell : undefined;
      const kept = [...cell.children].filter((child) => child.matches(editors));
      if (!kept.length && !live || !cell.matches(".cell") || !next.matches(".cell") || cell.id !== next.id) {
        return false;
      }
      const come = document.importNode(next, true);
      const output = live && come.querySelector(`[id="${live.output.id}"]`);
      if (output) {
        live.output.replaceChildren(...output.childNodes);
        live.texts = undefined;
        live.alternative = output.querySelector(".svg[aria-label]")?.getAttribute("aria-label");
        live.anchor = come.querySelector(".output[id]")?.id ?? cell.id;
        output.previousElementSibling.replaceWith(live.area);
        output.replaceWith(live.output);
      } else {
        retire(cell.cell);
      }
      for (const child of [...cell.childNodes]) if (!kept.includes(child)) child.remove();
      cell.append(...come.childNodes);
      if (next.dataset.live === undefined) delete cell.dataset.live;
      else cell.dataset.live = next.dataset.live;
      return true;
    }

    // Which blocks take the place of which, in pairs of lists; null where that cannot be told.
    function exchanges(from, to) {
      const same = from.map((block, place) => to[place] && block.isEqualNode(to[place]));
      if (from.length === to.length) {
        return from.flatMap((block, place) => (same[place] ? [] : [[place, place + 1, [to[place]]]]));
      }
      let start = 0;
      while (start < Math.min(from.length, to.length) && same[start]) start++;
      let end = 0;
      while (end < Math.min(from.length, to.length) - start
        && from[from.length - 1 - end].isEqualNode(to[to.length - 1 - end])) end++;
      return [[start, from.length - end, to.slice(start, to.length - end)]];
    }

    // Puts new blocks into the page at hand, which keeps its place; false where more than that is new.
    function patch(old, next) {
      const article = document.querySelector("article");
      if (!article || !old?.querySelector("article") || !next.querySelector("article")) return false;
      // What an editor put among the blocks is none of them.
      const [here, from, to] = [document, old, next].map((page) =>
        [...page.querySelector("article").children].filter((block) => !block.matches(editors)));
      if (here.length !== from.length || frame(old) !== frame(next)) return false;
      const found = exchanges(from, to);
      if (found.some(([start, end, come]) => [...from.slice(start, end), ...come].some(isAlive))) {
        return false;
      }
      carry(places(old, next));
      const focused = document.activeElement;
      for (const [start, end, come] of found.reverse()) {
        if (end - start === 1 && come.length === 1 && fill(here[start], come[0])) continue;
        const after = here[end] ?? null;
        const nodes = come.map((block) => document.importNode(block, true));
        const open = here.slice(start, end).flatMap(
          (block) => [...block.querySelectorAll("details")].map((details) => details.open));
        // Those above have these as their next ones.
        for (const block of here.splice(start, end - start, ...nodes)) block.remove();
        for (const node of nodes) {
          for (const details of node.querySelectorAll("details")) details.open = open.shift() ?? details.open;
          article.insertBefore(node, after);
        }
      }
      if (focused.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
      // What the page's own script puts among the text.
      for (const add of window.nnbook?.toText ?? []) add();
      return true;
    }

    """#
}
