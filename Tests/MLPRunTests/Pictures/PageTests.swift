import Foundation
import MLPLibrary
import MLPSyntax
import Testing

@testable import MLPRun

@Suite("A page")
struct PageTests {
  @Test("needs nothing else: no script, no style, picture or font from elsewhere")
  func selfContained() {
    let html = PageSamples.run.html + PageSamples.folder.html
    for word in ["<script", "<link", "http-equiv", "@import", "url(", "onload", "javascript:"] {
      #expect(!html.contains(word), "\(word)")
    }
    let addresses = html.components(separatedBy: "http").count - 1
    let namespaces = html.components(separatedBy: "xmlns=\"http://www.w3.org/2000/svg\"").count - 1
    #expect(addresses == namespaces)
    #expect(html.contains("src=\"data:image/png;base64,iVBORw0KGgo"))
  }

  @Test("shows text as text, whatever it says")
  func escaping() {
    let text = "</pre><script>alert(1)</script> & \"quoted\" \u{0} \u{202E}"
    let page = Page(
      title: text, lead: text, verdict: Page.Mark(text, .bad),
      sections: [
        PageSection(
          text,
          [
            .paragraph(text), .facts([(text, text)]), .figures([(text, text)]),
            .table(
              PageTable(
                [PageTable.Column(text)], [PageTable.Row([PageTable.Cell(text)])], caption: text)),
            .picture(
              PictureFile(Pixels(width: 1, height: 1, kind: .grey)), description: text,
              caption: text),
            .drawing(PlotSamples.longNames.drawing(), caption: text), .fold(text, []),
            .spec(Source(name: "spec", text: text)),
          ])
      ], hasIndex: true, footer: text)
    #expect(!page.html.contains("<script"))
    #expect(!page.html.contains("\u{0}") && !page.html.contains("\u{202E}"))
    #expect(XMLReader().read(Self.asXML(page.html)))
  }

  @Test("is well-formed", arguments: [PageSamples.run, PageSamples.folder])
  func wellFormed(_ page: Page) {
    let reader = XMLReader()
    #expect(reader.read(Self.asXML(page.html)), "\(reader.fault)")
  }

  @Test("links each row of its index to a section that is there")
  func links() throws {
    let reader = XMLReader()
    #expect(reader.read(Self.asXML(PageSamples.folder.html)))
    let targets = reader.attributes.filter { $0.name == "href" }.map { $0.value.dropFirst() }
    let anchors = reader.attributes.filter { $0.name == "id" }.map { $0.value }
    #expect(!targets.isEmpty)
    #expect(Set(anchors).count == anchors.count)
    for target in targets { #expect(anchors.contains(String(target))) }
  }

  /// Without the document type, and with the head's elements closed.
  static func asXML(_ html: String) -> String {
    let lines = html.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let closed = lines.map { (line: Substring) -> String in
      line.hasPrefix("<meta") ? String(line.dropLast()) + "/>" : String(line)
    }
    return closed.joined(separator: "\n")
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test("is what Foundation makes of the same bytes", arguments: 0...9)
  func foundation(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 37 * $0 * $0 + 250) }
    #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
  }
}
