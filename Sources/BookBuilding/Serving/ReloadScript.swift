import Foundation

/// What `nnbook serve` adds to the pages it shows: a reload when the page at hand changed, and the
/// diagnostics of a build that failed, on top of the last good page.
enum ReloadScript {
  static let path = "/-nnbook/reload.js"
  static let eventsPath = "/-nnbook/events"

  /// The page, made with this script, as of one version: so a page knows when it is out of date.
  static func placed(in page: [UInt8], version: Int) -> [UInt8] {
    let text = String(decoding: page, as: UTF8.self)
    return Array(text.replacing("\"\(path)\"", with: "\"\(path)?version=\(version)\"").utf8)
  }

  /// Stands in where there is no page to show.
  static func page(showing problems: String) -> [UInt8] {
    let escaped = problems.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "\u{3C}", with: "&lt;")
    return Array(
      """
      \u{3C}!doctype html>
      \u{3C}html lang="en">\u{3C}head>\u{3C}meta charset="utf-8">\u{3C}title>nnbook\u{3C}/title>
      \u{3C}script src="\(path)" defer>\u{3C}/script>\u{3C}/head>\u{3C}body>\u{3C}pre>\(escaped)\u{3C}/pre>\u{3C}/body>\u{3C}/html>

      """.utf8)
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
      let last = Number(new URL(document.currentScript.src).searchParams.get("version"));
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

      const events = new EventSource("/-nnbook/events");
      events.onmessage = (event) => {
        const update = JSON.parse(event.data);
        const concerns = update.changed.some(
          (path) => path === own || (!path.endsWith(".html") && path !== "assets/search.js"));
        const missed = update.version > last + 1 || update.version < last;
        const isNew = update.version !== last;
        last = update.version;
        if (isNew && (concerns || missed || document.title === "nnbook")) {
          location.reload();
        } else {
          show(update.problems);
        }
      };
    })();
    """#
}
