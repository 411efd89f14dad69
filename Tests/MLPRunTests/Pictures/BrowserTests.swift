import Foundation
import Testing

@testable import MLPRun

/// What a reader sees, measured and looked at by a browser.
@Suite("In a browser", .enabled(if: Browser.path != nil, "no Chromium is installed"))
struct BrowserTests {
  @Test("no text of a plot is cut off, lies over another, or stands in the way of a curve")
  func plots() throws {
    let drawings =
      PlotSamples.all.map { $0.plot.drawing() } + [
        PlotSamples.twenty.drawing(width: 480), PlotSamples.longNames.drawing(width: 400),
      ]
    let page = Page(
      title: "Plots",
      sections: [PageSection("Plots", drawings.map { .drawing($0, caption: "") })])
    #expect(try Browser.faults(of: page) == [])
  }

  @Test("a page is no wider than its window, and nothing on it is cut off", arguments: [1280, 390])
  func pages(_ width: Int) throws {
    for page in [PageSamples.run, PageSamples.folder] {
      #expect(try Browser.faults(of: page, width: width) == [])
    }
  }

  @Test("the measuring notices what it should")
  func measuring() throws {
    let body =
      Shapes.text("beyond", 90, 20, size: 12) + Shapes.text("over", 10, 50, size: 12)
      + Shapes.text("under", 14, 52, size: 12)
    let page = Page(
      title: "Faulty",
      sections: [
        PageSection(
          "A",
          [.drawing(Drawing(width: 100, height: 100, title: "", body: body), caption: "")])
      ])
    let faults = try Browser.faults(of: page)
    #expect(faults.contains { $0.hasPrefix("cut off: beyond") })
    #expect(faults.contains { $0.contains("over each other") })
  }

  @Test(
    "a page has a light ground and dark text, or the other way round, as the reader has chosen",
    .enabled(if: Browser.hasPython, "python3 is not installed"), arguments: [false, true])
  func lightAndDark(_ isDark: Bool) throws {
    let look = try Browser.look(at: PageSamples.run, isDark: isDark)
    let ground = isDark ? Theme.dark.ground : Theme.light.ground
    #expect(look.ground == ground)
    // Text, curves, shades and pictures cover some of it, but not most.
    #expect((0.03..<0.6).contains(look.covered), "\(look.covered) of the page is covered")
    #expect(look.colours > 50)
  }
}

private enum Browser {
  static let path: String? = ["chromium", "chromium-browser", "google-chrome", "chrome"].flatMap {
    name in ["/usr/bin/", "/usr/local/bin/", "/opt/google/chrome/", "/snap/bin/"].map { $0 + name }
  }.first { FileManager.default.isExecutableFile(atPath: $0) }

  static let python = "/usr/bin/python3"
  static let hasPython = FileManager.default.isExecutableFile(atPath: python)

  /// What is wrong with how a page is laid out.
  static func faults(of page: Page, width: Int = 1280) throws -> [String] {
    let html = page.html.replacingOccurrences(
      of: "</body>", with: "<script>\(measuring)</script></body>")
    let dom = try run(html, ["--window-size=\(width),900", "--dump-dom"])
    let report = try #require(dom.components(separatedBy: "<faults>").dropFirst().first)
    let text = report.components(separatedBy: "</faults>")[0]
    #expect(text.hasPrefix("measured\n"))
    return text.split(separator: "\n").dropFirst().map { String($0) }
  }

  private static let measuring = """
    const faults = ["measured"];
    for (const svg of document.querySelectorAll("svg")) {
      const frame = svg.getBoundingClientRect();
      const area = [...svg.querySelectorAll("path.line.faint")].map(x => x.getBoundingClientRect());
      const texts = [...svg.querySelectorAll("text")].map(x => [x.textContent, x.getBoundingClientRect()]);
      texts.forEach(([name, box], index) => {
        if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
          faults.push("cut off: " + name);
        for (const [other, second] of texts.slice(index + 1))
          if (box.left < second.right - 1 && second.left < box.right - 1
            && box.top + 3 < second.bottom - 3 && second.top + 3 < box.bottom - 3)
            faults.push("over each other: " + name + " and " + other);
        for (const line of area)
          if (box.left < line.right && line.left < box.right - 1 && box.top < line.top && line.top < box.bottom)
            faults.push("over the grid: " + name);
      });
      for (const shape of svg.querySelectorAll("path, circle, rect")) {
        const box = shape.getBoundingClientRect();
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
          || box.bottom > frame.bottom + 1) faults.push("cut off: a " + shape.getAttribute("class"));
      }
    }
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) faults.push("the page is wider than " + width);
    for (const part of document.querySelectorAll("h1, h2, h3, p, dd, dt, caption, figcaption, summary, footer"))
      if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
        faults.push("cut off: " + part.textContent);
    const report = document.createElement("faults");
    report.textContent = faults.join("\\n") + "\\n";
    document.body.append(report);
    """

  struct Look: Decodable {
    /// The colour of the lower left corner.
    let ground: String
    /// The share of the picture that has another colour than the ground.
    let covered: Double
    /// How many there are.
    let colours: Int
  }

  static func look(at page: Page, isDark: Bool) throws -> Look {
    let folder = try Folder()
    let picture = folder.url.appendingPathComponent("page.png")
    // 0 is dark, 1 light.
    let scheme = "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)"
    _ = try run(
      page.html, [scheme, "--window-size=900,2600", "--screenshot=\(picture.path)"])
    let text = try output(of: python, ["-c", looking, picture.path])
    return try JSONDecoder().decode(Look.self, from: Data(text.utf8))
  }

  /// Reads an 8-bit PNG with any filter.
  private static let looking = """
    import json, struct, sys, zlib
    data = open(sys.argv[1], "rb").read()
    place, packed = 8, b""
    while place < len(data):
        size, = struct.unpack(">I", data[place:place + 4])
        name, body = data[place + 4:place + 8], data[place + 8:place + 8 + size]
        if name == b"IHDR": width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        if name == b"IDAT": packed += body
        place += 12 + size
    step = {2: 3, 6: 4}[colour]
    raw, row, above, counts = zlib.decompress(packed), width * step, bytearray(width * step), {}
    def nearest(a, b, c):
        p = a + b - c
        return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
    for y in range(height):
        kind, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1:(y + 1) * (row + 1)])
        if kind == 2: line = bytearray(x + y & 255 for x, y in zip(line, above))
        elif kind:
            for x in range(row):
                a, c = (line[x - step], above[x - step]) if x >= step else (0, 0)
                b = above[x]
                line[x] = line[x] + (a if kind == 1 else (a + b) // 2 if kind == 3 else nearest(a, b, c)) & 255
        above = line
        for x in range(0, row, 2 * step):
            pixel = bytes(line[x:x + 3])
            counts[pixel] = counts.get(pixel, 0) + 1
        if y == height - 1: ground = bytes(line[:3])
    total = sum(counts.values())
    print(json.dumps({"ground": "#" + ground.hex(), "covered": 1 - counts[ground] / total, "colours": len(counts)}))
    """

  private static func run(_ html: String, _ arguments: [String]) throws -> String {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("page.html")
    try Data(html.utf8).write(to: file)
    let profile = folder.url.appendingPathComponent("profile").path
    return try output(
      of: path ?? "",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--user-data-dir=\(profile)",
      ] + arguments + [file.absoluteString])
  }

  private static func output(of program: String, _ arguments: [String]) throws -> String {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("out")
    try Data().write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + 60) == .timedOut {
      process.terminate()
      Issue.record("\(program) doesn't end")
      ended.wait()
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// A folder that is gone when nobody holds it.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("mlpc-page-" + UUID().uuidString)

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
  }
}
