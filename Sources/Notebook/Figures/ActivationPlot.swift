/// Draws an activation function with its derivative.
///
/// ```swift
/// activationPlot("tanh", over: -4...4, { tanh($0) }, slope: { 1 - tanh($0) * tanh($0) })
/// ```
public func activationPlot(
  _ name: String, over range: ClosedRange<Float> = -4...4, title: String = "",
  _ function: (Float) -> Float, slope: (Float) -> Float
) -> Figure {
  var nameOfSlope = TextBuffer()
  nameOfSlope.append(name)
  nameOfSlope.append("′")
  return linePlot(
    [Series(name, over: range, function), Series(nameOfSlope.string, over: range, slope).dashed],
    title: title, x: "x", y: "", marks: [])
}
