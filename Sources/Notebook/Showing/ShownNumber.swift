/// A number that can be formatted in a sentence and drawn in a figure.
public protocol ShownNumber: Displayable {
  var _double: Double { get }
}

extension Int: ShownNumber { public var _double: Double { Double(self) } }
extension Int32: ShownNumber { public var _double: Double { Double(self) } }
extension Int64: ShownNumber { public var _double: Double { Double(self) } }
extension UInt8: ShownNumber { public var _double: Double { Double(self) } }
extension UInt32: ShownNumber { public var _double: Double { Double(self) } }
extension UInt64: ShownNumber { public var _double: Double { Double(self) } }
extension Float: ShownNumber { public var _double: Double { Double(self) } }
extension Double: ShownNumber { public var _double: Double { self } }
