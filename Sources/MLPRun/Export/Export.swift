import MLPLibrary

/// What a model can be written as, by the file's ending.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// The weights alone.
  case safetensors
  /// The weights alone, for NumPy.
  case npz
  /// Everything from the data's numbers to the probabilities.
  case onnx
  /// A program, with its weights as `.npz` beside it.
  case py

  /// - Throws: where the file's name has none of the endings.
  package init(path: String) throws(Problem) {
    let ending = path.split(separator: ".", omittingEmptySubsequences: false).last.map {
      String($0)
    }
    guard path.contains("."), let format = ExportFormat(rawValue: ending ?? "") else {
      let known = Self.allCases.map { "'.\($0.rawValue)'" }.joined(separator: ", ")
      throw Problem("the ending of '\(path)' names no format; there are \(known)")
    }
    self = format
  }
}

extension SavedModel {
  /// The files that an export consists of; the first is that at `path`.
  ///
  /// - Throws: where a layer has no export in the format, or the file would be too large for it.
  package func exported(to path: String) throws(Problem) -> [(path: String, bytes: [UInt8])] {
    switch try ExportFormat(path: path) {
    case .safetensors:
      var file = Safetensors()
      for entry in weights { file.add(entry) }
      return [(path, file.bytes)]
    case .npz: return [(path, try NumPyArchive.bytes(of: weights))]
    case .onnx:
      let bytes = ONNXExport.bytes(try ExportChain(self))
      guard bytes.count < 1 << 31 else {
        throw Problem(.data, "an ONNX file holds less than 2 GB, and this one would have more")
      }
      return [(path, bytes)]
    case .py:
      let archive = String(path.dropLast(2)) + "npz"
      let name = archive.split(separator: "/").last.map { String($0) } ?? archive
      let program = NumPyProgram.text(try ExportChain(self), weights: name)
      return [
        (path, Array(program.utf8)),
        (archive, try NumPyArchive.bytes(of: weights + scalingEntries)),
      ]
    }
  }

  /// All parameters and running statistics, in the order of the layers.
  private var weights: [Safetensors.Entry] {
    ParameterName.all(of: net).map { name in
      let tensor = file.parameters[name.layer][name.index]
      return Safetensors.Entry(name.text, tensor.sizes, .floats(tensor.elements))
    }
  }

  /// What the scale 'standard' needs to know.
  private var scalingEntries: [Safetensors.Entry] {
    guard case .standard(let mean, let inverse) = file.facts.scaling else { return [] }
    return [
      Safetensors.Entry("scaling.mean", [mean.count], .doubles(mean)),
      Safetensors.Entry("scaling.inverse_deviation", [inverse.count], .doubles(inverse)),
    ]
  }
}
