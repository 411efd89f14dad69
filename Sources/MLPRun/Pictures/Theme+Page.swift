extension Theme {
  /// How a page looks, on a screen of any size and on paper.
  static let pageRules =
    ":root{\(variables(light))}\n"
    + "@media screen and (prefers-color-scheme:dark){:root{\(variables(dark))}}\n" + layout + spec
    + paper

  private static func variables(_ colours: Colours) -> String {
    let values = [
      ("ground", colours.ground), ("card", colours.card), ("text", colours.text),
      ("muted", colours.muted), ("faint", colours.faint), ("good", colours.good),
      ("bad", colours.bad), ("link", colours.word), ("keyword", colours.keyword),
      ("word", colours.word), ("setting", colours.setting), ("name", colours.name),
      ("literal", colours.literal), ("comment", colours.comment),
    ]
    return values.map { "--\($0.0):\($0.1)" }.joined(separator: ";")
  }

  private static let layout = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:3rem 1.5rem 4rem;max-width:70rem;background:var(--ground);color:var(--text);
    font:1rem/1.55 \(fonts);font-variant-numeric:tabular-nums}
    header{margin-bottom:2rem}
    h1{font-size:2rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 .4rem}
    h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--faint)}
    h3{font-size:1.08rem;line-height:1.35;margin:2rem 0 .5rem}
    h4{font-size:1rem;margin:1.5rem 0 .5rem}
    h1,h2,h3,h4,p,dd,.lead{overflow-wrap:anywhere}
    p{margin:.5rem 0 1rem;max-width:44rem}
    .lead{color:var(--muted);font-size:1.05rem;margin:0}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
    footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--faint);color:var(--muted);font-size:.875rem;
    overflow-wrap:anywhere}
    nav ol{margin:0;padding:0;list-style:none;columns:18rem;column-gap:2rem}
    nav li{padding:.2rem 0;break-inside:avoid}
    .mark{display:inline-block;font-size:.8125rem;font-weight:600;line-height:1.4;letter-spacing:0;vertical-align:.15em;
    padding:.05rem .55rem;border:1px solid currentColor;border-radius:1rem;white-space:nowrap;color:var(--muted)}
    nav .mark{border:0;padding:0 .25rem}
    .good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.muted{color:var(--muted)}.strong{font-weight:600}
    .figures{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1.25rem 0 1.5rem}
    .figures div{display:flex;flex-direction:column}
    .figures dd{margin:0;font-size:1.75rem;line-height:1.2;font-weight:600;letter-spacing:-.01em}
    .figures dt{color:var(--muted);font-size:.875rem}
    .facts{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.5rem;margin:.75rem 0 1.25rem}
    .facts dt{color:var(--muted)}
    .facts dd{margin:0;min-width:0}
    .wide{overflow-x:auto;margin:.75rem 0 1.5rem}
    table{border-collapse:collapse;min-width:min(100%,24rem);font-size:.875rem;line-height:1.4}
    caption{text-align:left;color:var(--muted);font-size:.875rem;padding-bottom:.4rem}
    th,td{padding:.36rem 1.1rem .36rem 0;text-align:left;border-bottom:1px solid var(--faint);vertical-align:baseline}
    .dense{font-size:.8125rem}.dense thead th{font-size:.8125rem;white-space:normal}.dense th,.dense td{padding-right:.8rem}
    th:last-child,td:last-child{padding-right:.25rem}
    thead th{color:var(--muted);font-weight:500;font-size:.875rem;white-space:nowrap}
    .number{text-align:right;white-space:nowrap}
    tr.best td{font-weight:600}
    tr.best td:first-child::before{content:"★\\00a0";color:var(--good)}
    tr.best td:first-child,td.good,td.bad{white-space:nowrap}
    figure{margin:1.25rem 0 1.75rem}
    figcaption{color:var(--muted);font-size:.875rem;line-height:1.5;margin-top:.5rem;max-width:44rem}
    .drawing{overflow-x:auto}
    .drawing svg{display:block;max-width:100%;height:auto;min-width:34rem;margin-left:-14px}
    img{display:block;max-width:100%;height:auto;border-radius:3px;image-rendering:pixelated}
    details{margin:.75rem 0 1.5rem}
    summary{cursor:pointer;color:var(--link)}
    @media screen and (prefers-color-scheme:dark){img{filter:brightness(.88)}}
    @media (max-width:36rem){body{padding:1.5rem 1rem 3rem}.drawing svg{min-width:30rem}}

    """

  private static let spec = """
    pre{margin:.75rem 0 1.5rem;padding:1rem 1.1rem;background:var(--card);border:1px solid var(--faint);border-radius:6px;
    overflow-x:auto;font:.875rem/1.6 \(codeFonts);tab-size:4}
    pre .comment{color:var(--comment);font-style:italic}
    pre .keyword{color:var(--keyword);font-weight:600}
    pre .word{color:var(--word)}
    pre .setting{color:var(--setting)}
    pre .name{color:var(--name)}
    pre .number,pre .text,pre .value{color:var(--literal)}
    pre .operator{color:var(--muted)}
    pre .unknown,pre .invalid{text-decoration:underline wavy var(--bad)}
    pre .number{text-align:inherit;white-space:inherit}

    """

  /// Light whatever the screen was, and nothing cut in two. What is folded away is shown, but for long tables.
  private static let paper = """
    @media print{
    body{max-width:none;padding:0;font-size:10.5pt}
    h1,h2,h3,h4,h2+p,summary,caption{break-after:avoid}
    h2{margin-top:1.5rem}
    figure,tr,pre,.figures,.facts{break-inside:avoid}
    figure{margin:.75rem 0 1rem}
    figcaption{break-before:avoid}
    .drawing,.wide,pre{overflow:visible}
    table,caption,thead th,.dense,.dense thead th{font-size:8.5pt}
    th,td{padding-right:.6rem}
    pre{white-space:pre-wrap;font-size:9pt}
    .drawing svg{min-width:0;max-height:86mm;width:auto;margin-left:0}
    img{max-height:120mm;width:auto}
    .long{display:none}
    summary{list-style:none;color:inherit;font-weight:600}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    details::details-content{content-visibility:visible;block-size:auto;break-before:avoid}
    @page{margin:16mm}
    }

    """
}
