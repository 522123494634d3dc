#if hasFeature(Embedded)

  // A string with values in it is a call for each piece. The standard library's are generic and are
  // written out at every use, which makes a message cost as much as a figure; these are called. Being
  // outside the standard library they come first, in the engine and in live cells alike.
  extension DefaultStringInterpolation {
    @inline(never)
    @export(interface)
    public mutating func appendLiteral(_ literal: String) { write(literal) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ text: String) { write(text) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ text: StaticString) { write(text.description) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ number: Int) { write(number.description) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ number: Float) { write(number.description) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ number: Double) { write(number.description) }

    @inline(never)
    @export(interface)
    public mutating func appendInterpolation(_ shape: Shape) { write(shape.description) }
  }

#endif
