import NeuralNet

/// Moves labels apart so that each has its own line, keeping their order and staying between the
/// limits where there is room.
func spread(_ wanted: [Double], spacing: Double, from lowest: Double, to highest: Double)
  -> [Double]
{
  let order = _order(of: wanted)
  var placed = wanted
  var floor = lowest
  for index in order {
    placed[index] = max(wanted[index], floor)
    floor = placed[index] + spacing
  }
  var ceiling = highest
  for index in order.reversed() {
    placed[index] = min(placed[index], ceiling)
    ceiling = placed[index] - spacing
  }
  return placed
}
