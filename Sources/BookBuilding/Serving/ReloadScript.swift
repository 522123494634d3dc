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
  static func message(for update: ServedSite.Update) -> String {
    struct Message: Encodable {
      var version: Int
      var changed: [String]
      var problems: String
    }
    let message = Message(
      version: update.version, changed: update.changed, problems: update.problems)
    return (try? JSONEncoder().encode(message)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  static let source = #"""
    (() => {
      const shown = Number(new URL(document.currentScript.src).searchParams.get("version"));
      let last = shown;
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

      // Puts new prose into the page at hand, which keeps its place and its live cells; false where
      // more than prose is new.
      function patch(old, next) {
        const article = document.querySelector("article");
        if (!article || !old?.querySelector("article") || !next.querySelector("article")) return false;
        const [here, from, to] = [document, old, next].map(
          (page) => [...page.querySelector("article").children]);
        if (here.length !== from.length || frame(old) !== frame(next)) return false;
        let start = 0;
        while (start < Math.min(from.length, to.length) && from[start].isEqualNode(to[start])) start++;
        let end = 0;
        while (end < Math.min(from.length, to.length) - start
          && from[from.length - 1 - end].isEqualNode(to[to.length - 1 - end])) end++;
        const [gone, come] = [from, to].map((blocks) => blocks.slice(start, blocks.length - end));
        const works = ".cell, .cell *, script, form, input, details";
        if ([...gone, ...come].some((block) => block.matches(works) || block.querySelector(works))) {
          return false;
        }
        const after = here[here.length - end] ?? null;
        for (const block of here.slice(start, here.length - end)) block.remove();
        for (const block of come) article.insertBefore(document.importNode(block, true), after);
        return true;
      }

      // Where a build came between the page and this copy of it, they are not the same.
      let known = sent().then((page) => (version(page) === shown ? page : null)).catch(() => null);

      async function refresh() {
        try {
          const [old, next] = [await known, await sent()];
          if (!patch(old, next)) return location.reload();
          known = Promise.resolve(next);
        } catch {
          location.reload();
        }
      }

      const events = new EventSource("/-nnbook/events");
      let work = Promise.resolve();
      events.onmessage = (event) => {
        const update = JSON.parse(event.data);
        const others = update.changed.some(
          (path) => !/\.html$|^assets\/search\/|\.preview\.js$/.test(path));
        const missed = update.version > last + 1 || update.version < last;
        const concerns = update.changed.includes(own) || others || missed;
        const isNew = update.version !== last;
        last = update.version;
        if (!isNew || !concerns && document.title !== "nnbook") {
          show(update.problems);
        } else if (others || missed || document.title === "nnbook") {
          location.reload();
        } else {
          work = work.then(refresh).then(() => show(update.problems));
        }
      };
    })();
    """#
}
