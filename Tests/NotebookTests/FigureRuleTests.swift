import Foundation
import FoundationXML
import Testing

@testable import Notebook

/// A text of a figure with the room that it takes, as read from the SVG.
private struct PlacedText {
  let text: String
  let box: Rectangle
}

/// Reads sizes, ids and texts of the figures in a piece of markup.
private final class FigureReader: NSObject, XMLParserDelegate {
  struct Picture {
    var width = 0.0
    var height = 0.0
    var role = ""
    var title = ""
    var words = ""
    var texts: [PlacedText] = []
  }

  private(set) var pictures: [Picture] = []
  private(set) var ids: [String] = []
  private var depthOfTurn = 0
  private var element = ""
  private var attributes: [String: String] = [:]
  private var content = ""

  init(_ markup: String) {
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    _ = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let id = attributes["id"] { ids.append(id) }
    if name == "svg", let box = attributes["viewBox"], attributes["class"] == "nn-figure" {
      let numbers = box.split(separator: " ").compactMap { Double($0) }
      pictures.append(
        Picture(width: numbers[2], height: numbers[3], role: attributes["role"] ?? ""))
    }
    if depthOfTurn > 0 || attributes["transform"] != nil { depthOfTurn += 1 }
    element = name
    self.attributes = attributes
    content = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { content += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if depthOfTurn > 0 { depthOfTurn -= 1 }
    guard element == name, !pictures.isEmpty else { return }
    let last = pictures.count - 1
    switch name {
    case "title": pictures[last].title = content
    case "desc": pictures[last].words = content
    // Letters that serve as dots have a list of places.
    case "text" where depthOfTurn == 0 && attributes["x"]?.contains(" ") != true:
      let size = Double(attributes["font-size"] ?? "12") ?? 12
      // Without the margin that the layout adds for wide fonts.
      let width = textWidth(content, size: size) * 0.92
      let x = Double(attributes["x"] ?? "0") ?? 0
      let y = Double(attributes["y"] ?? "0") ?? 0
      let anchor = attributes["text-anchor"]
      let left = anchor == "end" ? x - width : anchor == "middle" ? x - width / 2 : x
      pictures[last].texts.append(
        PlacedText(
          text: content,
          box: Rectangle(x: left, y: y - size * 0.72, width: width, height: size * 0.76)))
    default: break
    }
    element = ""
  }
}

/// The values of one attribute, wherever it stands.
private func values(of attribute: String, in markup: String) -> [Substring] {
  markup.split(separator: " \(attribute)=\"").dropFirst().map {
    $0.prefix { $0 != "\"" }
  }
}

/// How many significant digits each number has; in path data `1.5.2` is two numbers.
private func significantDigits(in text: Substring) -> [Int] {
  var counts: [Int] = []
  var count = 0
  var hasPoint = false
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "."):
      if hasPoint {
        counts.append(count)
        count = 0
      }
      hasPoint = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if count > 0 || byte != UInt8(ascii: "0") { count += 1 }
    default:
      counts.append(count)
      count = 0
      hasPoint = false
    }
  }
  return counts + [count]
}

extension FigureTests {
  @Suite struct Rules {
    @Test func everyFigureHasWordsForThoseWhoCannotSeeIt() {
      for exhibit in Gallery.all where exhibit.display.kind == .svg {
        let picture = FigureReader(exhibit.markup).pictures.first
        #expect(picture?.role == "img", "\(exhibit.name)")
        #expect(picture?.title.isEmpty == false, "\(exhibit.name)")
        #expect(picture?.words.isEmpty == false, "\(exhibit.name)")
      }
    }

    @Test func idsAreUniqueAmongTheFiguresOfACell() {
      OutputChannel.cell = 7
      OutputChannel.figuresShown = 0
      let two = panels(plot([1, 2], y: Axis("a", from: 0)), plot([2, 1], y: Axis("a", from: 0)))
      let ids = FigureReader(String(decoding: two.display.bytes, as: UTF8.self)).ids
      #expect(ids.count == 6)
      #expect(Set(ids).count == ids.count)
      #expect(ids.allSatisfy { $0.hasPrefix("c7f") })
    }

    @Test func noTextLeavesItsFigure() {
      for exhibit in Gallery.all {
        for picture in FigureReader(exhibit.markup).pictures {
          for text in picture.texts {
            let isInside =
              text.box.x > -1 && text.box.right < picture.width + 1 && text.box.y > -1
              && text.box.bottom < picture.height + 1
            #expect(isInside, "\(exhibit.name): “\(text.text)”")
          }
        }
      }
    }

    @Test func noTwoTextsOverlap() {
      // Names over the middle of their classes lie where the data lie.
      for exhibit in Gallery.all where exhibit.name != "scatter-ten" {
        for picture in FigureReader(exhibit.markup).pictures {
          for (index, one) in picture.texts.enumerated() {
            for other in picture.texts[(index + 1)...] {
              let across = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
              let up = min(one.box.bottom, other.box.bottom) - max(one.box.y, other.box.y)
              #expect(
                across < 1 || up < 1, "\(exhibit.name): “\(one.text)” and “\(other.text)”")
            }
          }
        }
      }
    }

    @Test func figuresStaySmall() {
      for exhibit in Gallery.all {
        let limit = exhibit.name.hasPrefix("regions") ? 40 : 25
        #expect(exhibit.markup.utf8.count < limit * 1024, "\(exhibit.name)")
      }
    }

    @Test func colorsComeFromTheTheme() {
      for exhibit in Gallery.all {
        for attribute in ["fill", "stroke"] {
          for value in values(of: attribute, in: exhibit.markup) {
            #expect(value == "none" || value.hasPrefix("var(--nn-"), "\(exhibit.name): \(value)")
          }
        }
      }
    }

    @Test func coordinatesHaveAtMostFourSignificantDigits() {
      for exhibit in Gallery.all {
        let markup = exhibit.markup
        for attribute in ["d", "x", "y", "cx", "cy", "width", "height", "stroke-width", "opacity"] {
          for value in values(of: attribute, in: markup) {
            for count in significantDigits(in: value) {
              #expect(count <= 4, "\(exhibit.name): \(value.prefix(60))")
            }
          }
        }
      }
    }

    @Test func onlyOneFileWritesTags() throws {
      let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Notebook").standardizedFileURL
      let files = try #require(
        FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        if file.lastPathComponent == "Markup.swift" { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(!text.contains("\"<"), "\(file.lastPathComponent)")
      }
    }
  }
}
