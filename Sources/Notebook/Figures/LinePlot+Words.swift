extension LinePlot {
  var wordsForTitle: String {
    if !title.utf8.isEmpty { return title }
    var text = TextBuffer()
    let yName = yAxis.label
    if !yName.utf8.isEmpty {
      text.append(yName)
      if !xAxis.label.utf8.isEmpty {
        text.append(" against ")
        text.append(xAxis.label)
      }
    } else {
      text.append("Line plot")
      let names = series.map { $0.name }.filter { !$0.utf8.isEmpty }
      for (index, name) in names.enumerated() {
        text.append(index == 0 ? " of " : ", " as StaticString)
        text.append(name)
      }
    }
    return text.string
  }

  /// What the lines do, in words.
  var words: String {
    @export(interface) get {
      var text = TextBuffer()
      for one in series {
        if !text.isEmpty { text.append("; ") }
        text.append(
          one.name.utf8.isEmpty ? (yAxis.label.utf8.isEmpty ? "the line" : yAxis.label) : one.name)
        describe(one, &text)
      }
      if series.isEmpty { text.append("no series") }
      for mark in marks where !mark.label.utf8.isEmpty {
        text.append("; marked: ")
        text.append(mark.label)
      }
      return text.string
    }
  }

  private func describe(_ one: Series, _ text: inout TextBuffer) {
    var (count, range) = (0, DataRange())
    var (first, last, start, end) = (0.0, 0.0, 0.0, 0.0)
    for index in one.x.indices
    where one.x[index].isFinite && one.y[index].isFinite
      && (xAxis.kind == .linear || one.x[index] > 0) && (yAxis.kind == .linear || one.y[index] > 0)
    {
      (last, end) = (one.y[index], one.x[index])
      if count == 0 { (first, start) = (last, end) }
      range.include(last)
      count += 1
    }
    if count == 0 { return text.append(" has no values to draw") }
    let left = one.x.count - count
    if count == 1 {
      text.append(" is ")
      text.appendFigureNumber(first, digits: 3)
    } else if range.lower == range.upper {
      text.append(" stays at ")
      text.appendFigureNumber(first, digits: 3)
    } else if first == range.upper && last == range.lower
      || first == range.lower && last == range.upper
    {
      text.append(first > last ? " falls from " : " rises from " as StaticString)
      text.appendFigureNumber(first, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(last, digits: 3)
    } else {
      text.append(" goes from ")
      text.appendFigureNumber(first, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(last, digits: 3)
      text.append(", between ")
      text.appendFigureNumber(range.lower, digits: 3)
      text.append(" and ")
      text.appendFigureNumber(range.upper, digits: 3)
    }
    if count > 1 {
      text.append(" over ")
      text.append(xAxis.label.utf8.isEmpty ? "x" : xAxis.label)
      text.append(" ")
      text.appendFigureNumber(start, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(end, digits: 3)
    }
    if left > 0 {
      text.append("; not drawn: ")
      text.appendGrouped(left)
      text.append(left == 1 ? " value" : " values" as StaticString)
    }
  }
}
