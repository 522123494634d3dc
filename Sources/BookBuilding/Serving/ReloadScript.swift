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

  static let source = "(() => {\n" + page + blocks + liveCells + updates + "})();\n"

  private static let page = #"""
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

    """#

  private static let updates = #"""
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

    async function refresh(scripts) {
      try {
        const [old, next] = [await known, await sent()];
        if (!patch(old, next)) return leave();
        known = Promise.resolve(next);
        await enliven(scripts);
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
        (path) => !/\.html$|^assets\/search\/|\.preview\.js$/.test(path) && !isOfLiveCells.test(path));
      const scripts = ownScripts(update.changed);
      const missed = update.since > last || update.version < last || update.run !== run;
      run = update.run;
      const concerns = update.changed.includes(own) || scripts.length || others || missed;
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
        work = work.then(() => refresh(scripts)).then(mark).then(() => show(update.problems)).then(tell);
      }
    };

    """#
}
