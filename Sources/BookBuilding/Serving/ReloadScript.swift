import BookModel
import Foundation

/// What `nnbook serve` adds to the pages it shows: a reload when the page at hand changed, and the
/// diagnostics of a build that failed, on top of the last good page.
enum ReloadScript {
  static let path = "/-nnbook/reload.js"
  static let eventsPath = "/-nnbook/events"

  /// The page, made with this script, as of one version: so a page knows when it is out of date.
  static func placed(in page: [UInt8], version: Int) -> [UInt8] {
    page.replacingBytes("\"\(path)\"", with: "\"\(path)?version=\(version)\"")
  }

  /// One line of JSON.
  /// - Parameter version: after which its changes are told.
  static func message(for update: ServedSite.Update, since version: Int, of run: String) -> String {
    struct Message: Encodable {
      var run: String
      var version: Int
      var since: Int
      var changed: [String]
      var problems: String
      var states: [String: [String: String]]
      var edited: EditorNews
    }
    let states = update.states.mapValues { page in
      Dictionary(uniqueKeysWithValues: page.map { ("cell-\($0)", $1.rawValue) })
    }
    let message = Message(
      run: run, version: update.version, since: version, changed: update.changed,
      problems: update.problems, states: states, edited: update.edited)
    return (try? JSONEncoder().encode(message)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  static let source = #"""
    (() => {
      const shown = Number(new URL(document.currentScript.src).searchParams.get("version"));
      let last = shown;
      let run = null;
      const page = decodeURIComponent(location.pathname).replace(/^\/+/, "");
      const own = page === "" || page.endsWith("/") ? page + "index.html" : page;
      let box = null;

      function show(problems) {
        if (!problems) {
          if (box) box.remove();
          box = null;
          return;
        }
        if (!box) {
          box = document.createElement("pre");
          box.setAttribute("role", "alert");
          Object.assign(box.style, {
            position: "fixed", inset: "auto 0 0 0", zIndex: 1000, margin: 0, padding: "1rem 1.5rem",
            maxHeight: "60vh", overflow: "auto", background: "#2b0d0d", color: "#ffe3e0",
            font: "14px/1.5 ui-monospace, monospace", borderTop: "3px solid #e5534b",
            whiteSpace: "pre-wrap",
          });
          document.body.append(box);
        }
        box.textContent = problems;
      }

      // A page as the server sent it, without what scripts made of it since.
      async function sent() {
        const response = await fetch(location.pathname, { cache: "no-store" });
        if (!response.ok) throw new Error(response.statusText);
        return new DOMParser().parseFromString(await response.text(), "text/html");
      }

      function version(page) {
        const script = page.querySelector('script[src*="/-nnbook/reload.js"]');
        return Number(new URL(script.src, location).searchParams.get("version"));
      }

      function frame(page) {
        const root = page.documentElement.cloneNode(true);
        root.querySelector("article").replaceChildren();
        return root.outerHTML.replace(/version=\d+/, "");
      }

      // What is alive in a page, or keeps what a reader did to it, is not exchanged under their hands.
      const works = "[data-live], script, form, input";
      const isAlive = (block) => block.matches(works) || block.querySelector(works);

      // A cell that is being edited keeps its editor, and with it what was typed there.
      const editors = "[data-nnbook-edit]";
      function fill(cell, next) {
        const kept = [...cell.children].filter((child) => child.matches(editors));
        if (!kept.length || !cell.matches(".cell") || !next.matches(".cell") || cell.id !== next.id) {
          return false;
        }
        for (const child of [...cell.childNodes]) if (!kept.includes(child)) child.remove();
        cell.append(...document.importNode(next, true).childNodes);
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

      // Puts new blocks into the page at hand, which keeps its place and its live cells; false where
      // more than that is new.
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
        // What the page's own script puts among the text.
        for (const add of window.nnbook?.toText ?? []) add();
        return true;
      }

      // Results that are not those of their cells as they are say so.
      const words = { running: "running…", waiting: "a new result comes", stale: "older result" };
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        [data-result]::after { content: attr(data-result); display: block; font: 0.75rem/1.5 system-ui, sans-serif;
          color: var(--muted, #667); text-align: right; }
        [data-result] .results, [data-result] .output { opacity: 0.45; }`);
      document.adoptedStyleSheets.push(sheet);
      let states = {};

      function mark() {
        for (const cell of document.querySelectorAll(".cell[id]")) {
          const word = words[states[cell.id]];
          if (word) cell.dataset.result = word;
          else delete cell.dataset.result;
          if (states[cell.id] === "running") cell.setAttribute("aria-busy", "true");
          else cell.removeAttribute("aria-busy");
        }
      }

      // Where a build came between the page and this copy of it, they are not the same.
      let known = sent().then((page) => (version(page) === shown ? page : null)).catch(() => null);

      async function refresh() {
        try {
          const [old, next] = [await known, await sent()];
          if (!patch(old, next)) return leave();
          known = Promise.resolve(next);
        } catch {
          leave();
        }
      }

      // What an editor asked of the server is answered first.
      async function leave() {
        await Promise.race([window.nnbook?.settled?.(), new Promise((done) => setTimeout(done, 10_000))]);
        location.reload();
      }

      // For the editor of a page that may be changed.
      let news = null;
      const tell = async () => {
        const page = await known;
        document.dispatchEvent(new CustomEvent("nnbook-update", { detail: { update: news, page, own, show } }));
      };

      const events = new EventSource(`/-nnbook/events?since=${shown}`);
      let work = Promise.resolve();
      events.onmessage = (event) => {
        const update = JSON.parse(event.data);
        run ??= update.run;
        const others = update.changed.some(
          (path) => !/\.html$|^assets\/search\/|\.preview\.js$/.test(path));
        const missed = update.since > last || update.version < last || update.run !== run;
        run = update.run;
        const concerns = update.changed.includes(own) || others || missed;
        const isNew = update.version !== last;
        last = update.version;
        states = update.states[own] ?? {};
        news = update;
        if (!isNew || !concerns && document.title !== "nnbook") {
          show(update.problems);
          work = work.then(mark).then(tell);
        } else if (others || missed || document.title === "nnbook") {
          leave();
        } else {
          work = work.then(refresh).then(mark).then(() => show(update.problems)).then(tell);
        }
      };
    })();
    """#
}
