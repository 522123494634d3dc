import BookModel

/// A chapter as a part of one page that holds the whole book.
package struct WholeBookPart: Sendable {
  let slug: String
  let title: String
  let label: String
  let markup: String
  let solutions: [RelocatedMarkup.Solution]
  /// Stylesheets that few chapters need.
  let styles: Set<ThemePart>
  package let diagnostics: [Diagnostic]
}

/// The whole book on one page, for paper: every link leads to a place of the same page, and the
/// solutions stand at the end.
extension PageRenderer {
  package func part(of chapter: Chapter, result: ChapterResult?) -> WholeBookPart {
    let content = ChapterRenderer(
      index: index, math: math, works: works, chapter: chapter, result: result
    ).content()
    let relocated = RelocatedMarkup(content.html.rendered, rules(of: chapter.slug))
    let number = index.number(ofChapter: chapter.slug)
    return WholeBookPart(
      slug: chapter.slug, title: plain(chapter.frontMatter.titleMarkdown),
      label: number?.label(in: index.words) ?? "",
      markup: HTML.tag(
        "section", ["class": "whole-chapter", "id": chapter.slug],
        number.map { head(of: chapter, number: $0, isPrinted: true) } ?? .group([]),
        .markup(relocated.markup)
      ).rendered,
      solutions: relocated.solutions, styles: content.styles,
      diagnostics: content.diagnostics)
  }

  /// What a page's addresses are where the whole book is one page.
  private func rules(of slug: String) -> RelocatedMarkup.Rules {
    RelocatedMarkup.Rules(
      id: { "\(slug)/\($0)" },
      address: { address in
        index.placeInBook(address).map {
          "#\(siteAddress($0.slug))" + ($0.anchor.map { "/\($0)" } ?? "")
        }
      }, takesSolutions: true)
  }

  /// `index.html` and what it needs.
  ///
  /// - Parameter pages: the printed page of each id, where they are known.
  package func wholeBook(
    _ parts: [WholeBookPart], pages: [String: Int] = [:]
  ) -> [String: [UInt8]] {
    let settings = index.settings
    var template = template(kind: .whole, title: plain(settings.title))
    template.description = settings.description.map(plain)
    let solutions = parts.filter { !$0.solutions.isEmpty }
    template.content = .group(
      [
        .tag(
          "header", ["class": "title-page"], .tag("h1", [:], html(settings.title)),
          settings.description.map { .tag("p", ["class": "lead"], html($0)) } ?? .group([]),
          settings.author.map { .tag("p", ["class": "about"], .text($0)) } ?? .group([])),
        .tag(
          "nav", ["class": "whole-contents", "aria-label": index.words["contents"]],
          .tag("h2", [:], .text(index.words["contents"])),
          .tag(
            "ol", [:],
            .group(parts.enumerated().map { entry($0.offset, $0.element) })),
          index.symbols.isEmpty
            ? .group([])
            : .tag(
              "p", [:],
              .tag("a", ["href": "#\(BookIndex.symbolsName)"], .text(index.words["symbols"]))),
          solutions.isEmpty
            ? .group([])
            : .tag("p", [:], .tag("a", ["href": "#solutions"], .text(index.words["solutions"])))),
      ] + parts.map { HTML.markup($0.markup) } + (index.symbols.isEmpty ? [] : [symbolsPart])
        + (solutions.isEmpty ? [] : [solutionsPart(solutions)]))
    if !pages.isEmpty {
      template.content = .markup(
        RelocatedMarkup.numbered(template.content.rendered, pages: pages) {
          index.words.text("on-page", "\($0)")
        })
    }
    let styles = Set(parts.flatMap(\.styles)).map(\.path).sorted()
    template.styles += styles
    var files = theme.files.filter {
      (["assets/book.css", "assets/icon.svg", "assets/print.css", Theme.stylePath] + styles)
        .contains($0.key)
    }
    files["index.html"] = template.render(with: theme)
    return files
  }

  private func entry(_ place: Int, _ part: WholeBookPart) -> HTML {
    .group([
      index.parts[place].map { .tag("li", ["class": "part"], .text(set($0))) } ?? .group([]),
      .tag(
        "li", [:],
        .tag(
          "a", ["href": "#\(siteAddress(part.slug))"],
          .tag("span", ["class": "number"], .text(index.chapterNumbers[place].text)),
          .text(" " + part.title))),
    ])
  }

  private var symbolsPart: HTML {
    let name = BookIndex.symbolsName
    let table = RelocatedMarkup(symbolsTable.rendered, rules(of: name)).markup
    return .tag(
      "section", ["class": "whole-chapter", "id": name],
      .tag(
        "header", ["class": "chapter-head"], .tag("h1", [:], .text(index.words["symbols"]))),
      .markup(table))
  }

  private func solutionsPart(_ parts: [WholeBookPart]) -> HTML {
    .tag(
      "section", ["class": "whole-chapter", "id": "solutions"],
      .tag(
        "header", ["class": "chapter-head"], .tag("h1", [:], .text(index.words["solutions"]))),
      .group(
        parts.map { part in
          .group([
            .tag("h2", [:], .text("\(part.label) · \(part.title)")),
            .group(
              part.solutions.map { solution in
                .tag(
                  "div", ["class": "alert solution"],
                  .tag(
                    "p", ["class": "alert-title"],
                    .tag("a", ["href": "#\(solution.exercise)"], .text(solution.label))),
                  .markup(solution.markup))
              }),
          ])
        }))
  }
}

extension RelocatedMarkup {
  /// With the printed page of what each link leads to after the link.
  static func numbered(
    _ source: String, pages: [String: Int], words: (Int) -> String
  ) -> String {
    let bytes = Array(source.utf8)
    var scanner = MarkupScanner(source)
    var (start, markup) = (0, "")
    while let token = try? scanner.next() {
      let written = String(decoding: bytes[start..<scanner.position], as: UTF8.self)
      start = scanner.position
      guard case .opening("a", let attributes, _, _) = token,
        let address = attributes.first(where: { $0.name == "href" })?.value,
        address.hasPrefix("#"), let page = pages[String(address.dropFirst())],
        // A page number after words that only explain would be in the way of the sentence.
        !attributes.contains(where: { $0.name == "class" && $0.value == ChapterRenderer.termClass })
      else {
        markup += written
        continue
      }
      let number = HTML.Attribute(name: "data-page", value: words(page))
      markup += HTML.opening("a", attributes: attributes + [number])
    }
    return markup + String(decoding: bytes[start...], as: UTF8.self)
  }
}
