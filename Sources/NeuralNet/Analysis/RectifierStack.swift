/// A network of affine maps with ReLU between them, in double precision: what linear regions are
/// found of.
struct RectifierStack {
  struct Map {
    let inputs: Int
    let outputs: Int
    /// `[inputs, outputs]`, row-major
    let weight: [Double]
    let bias: [Double]
    let isRectified: Bool
  }

  let maps: [Map]
  var inputs: Int { maps[0].inputs }

  @export(interface)
  init(_ net: Network, in owner: String) {
    var maps: [Map] = []
    var index = 0
    while index < net.layers.count {
      guard let dense = net.layers[index] as? Dense else {
        stop(
          """
          \(owner): needs Dense layers with ReLU between them, layer \(index + 1) is \
          \(net.layers[index].name) [not-piecewise-linear]
          """)
      }
      let next = index + 1 < net.layers.count ? net.layers[index + 1] : nil
      let isRectified = next is ReLU
      maps.append(
        Map(
          inputs: dense.weight.shape[0], outputs: dense.outputs,
          weight: dense.weight.values.map { Double($0) },
          bias: dense.bias?.values.map { Double($0) }
            ?? [Double](repeating: 0, count: dense.outputs),
          isRectified: isRectified))
      index += isRectified ? 2 : 1
    }
    if maps.isEmpty { stop("\(owner): the network has no layers [empty-data]") }
    self.maps = maps
  }
}
