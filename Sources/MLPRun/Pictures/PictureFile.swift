import MLPLibrary

/// A picture packed as a PNG file.
package struct PictureFile: Sendable {
  package let width: Int
  package let height: Int
  package let bytes: [UInt8]

  package init(_ pixels: Pixels) {
    width = pixels.width
    height = pixels.height
    bytes = PNG.file(of: pixels)
  }
}
