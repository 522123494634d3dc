@testable import Notebook

/// A page with every exhibit, in the colors of a light or a dark page, for a person to look at.
func contactSheet() -> String {
  var figures = ""
  for exhibit in Gallery.all {
    // Ids are unique in a page, as they are when cells show figures one after the other.
    let markup = exhibit.markup
      .replacing("\"c0f", with: "\"\(exhibit.name)-f")
      .replacing(" c0f", with: " \(exhibit.name)-f")
      .replacing("#c0f", with: "#\(exhibit.name)-f")
    figures += """
      <figure id="\(exhibit.name)">
      \(markup)
      <figcaption>\(exhibit.name), \(exhibit.markup.utf8.count / 1024) KiB</figcaption>
      </figure>

      """
  }
  return """
    <!DOCTYPE html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Every figure, for a person to look at</title>
    <style>
    :root { --nn-ink: #1f2328; --nn-muted: #59636e; --nn-grid: #d8dee4; --nn-paper: #ffffff;
      --nn-blue: #0b62b0; --nn-orange: #b84a00; --nn-series-1: #0b62b0; --nn-series-2: #b84a00;
      --nn-series-3: #00775f; --nn-series-4: #7d3c98; --nn-series-5: #7a6000; --nn-series-6: #b8255f; }
    :root.dark { --nn-ink: #e6edf3; --nn-muted: #9aa7b4; --nn-grid: #30363d; --nn-paper: #0d1117;
      --nn-blue: #6cb0ff; --nn-orange: #ff9e57; --nn-series-1: #6cb0ff; --nn-series-2: #ff9e57;
      --nn-series-3: #3fd0b4; --nn-series-4: #d2a8ff; --nn-series-5: #e3c04d; --nn-series-6: #ff8fb8; }
    @media (prefers-color-scheme: dark) { :root { color-scheme: light dark; } }
    body { font: 17px/1.5 system-ui, sans-serif; background: var(--nn-paper); color: var(--nn-ink);
      margin: 16px; display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
    figure { margin: 0; max-width: 100%; }
    figcaption { color: var(--nn-muted); font-size: 13px; }
    .nn-figure { max-width: 100%; height: auto; }
    .nn-panels { display: flex; flex-wrap: wrap; gap: 10px; max-width: 632px; align-items: flex-start; }
    .nn-panels > span { align-self: center; }
    .nn-table { border-collapse: collapse; font-size: 15px; }
    .nn-table th, .nn-table td { padding: 2px 10px; border-bottom: 1px solid var(--nn-grid); }
    .nn-table .nn-number { text-align: right; font-variant-numeric: tabular-nums; }
    .nn-share { white-space: nowrap; }
    .nn-share > span { display: inline-block; min-width: 3.7em; }
    .nn-table th { text-align: left; }
    .nn-table tfoot { font-weight: 600; }
    </style>
    <script>
    if (location.hash === "#dark") document.documentElement.className = "dark";
    </script>
    \(figures)</html>

    """
}
