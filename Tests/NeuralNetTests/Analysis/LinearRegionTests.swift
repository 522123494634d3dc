import NeuralNet
import Testing

@Suite struct LinearRegionTests {
  static let intervals = GoldenFile("14_linear_regions").cases.filter {
    $0.json["kind"].string == "interval"
  }
  static let boxes = GoldenFile("14_linear_regions").cases.filter {
    $0.json["kind"].string == "box"
  }

  private func network(_ golden: GoldenCase) -> Network {
    goldenNetwork(
      goldenLayers(golden.json["net"]["sizes"], .relu), golden.json["net"]["parameters"])
  }

  @Test(arguments: intervals)
  func piecesOfALineAreCountedExactly(_ golden: GoldenCase) throws {
    let ends = golden.json["interval"].numbers
    let pieces = LinearPieces(of: network(golden), over: ends[0]...ends[1])
    let expected = golden.json["expected"]
    #expect(pieces.activationRegions == expected["activation_regions"].int)
    #expect(pieces.pieces == expected["linear_pieces"].int)
    let tolerance = Tolerance(absolute: 1e-9, relative: 1e-9)
    tolerance.expect(
      pieces.activationBreakpoints, expected["breakpoints_of_activation"]["data"].numbers,
      "\(golden.name): activation")
    tolerance.expect(
      pieces.outputBreakpoints, expected["breakpoints_of_output"]["data"].numbers,
      "\(golden.name): output")
  }

  @Test(arguments: boxes)
  func regionsOfAPlaneAreCountedExactly(_ golden: GoldenCase) throws {
    let x = golden.json["box"][0].numbers
    let y = golden.json["box"][1].numbers
    let regions = LinearRegions(of: network(golden), x: x[0]...x[1], y: y[0]...y[1])
    #expect(regions.count == golden.json["expected"]["activation_regions_exact"].int)
    let area = regions.regions.map { $0.area }.reduce(0, +)
    let whole = (x[1] - x[0]) * (y[1] - y[0])
    #expect(abs(area - whole) < 1e-9 * whole, "the regions fill the square")
  }

  @Test func boundsAreTheFormulas() {
    #expect(RegionBounds.shallow(inputs: 1, units: 10) == 11)
    #expect(RegionBounds.shallow(inputs: 2, units: 4) == 11)
    #expect(RegionBounds.shallow(inputs: 3, units: 2) == 4)
    #expect(RegionBounds.deepLower(inputs: 1, units: 2, layers: 5) == 16 * 3)
    #expect(RegionBounds.deepLower(inputs: 2, units: 4, layers: 2) == 4 * 11)
  }
}
