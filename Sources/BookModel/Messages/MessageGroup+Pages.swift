extension MessageGroup {
  package static let pages = MessageGroup(title: "Pages, links and formulas") { id in
    switch id {
    case .changingResult:
      Explanation(
        "cell gives another result when it runs again; a seed makes what is random repeatable",
        "value was '…', and is '…' when it runs again; a seed makes what is random repeatable",
        advice:
          "Draw random numbers from a RandomSource with a seed, and show no times and no addresses."
      )
    case .chapterLinkInHTML:
      Explanation(
        "link '…' in HTML leads to no page; '[text](…)' becomes a link to the page",
        advice: "Write the link in Markdown: only such links are made into links to pages.")
    case .citationInHeading:
      Explanation(
        "heading holds a citation; it belongs into the text below",
        advice: "Move the citation into the first sentence of the section.")
    case .duplicatePart:
      Explanation(
        "chapter '…' begins two parts, '…' and '…'; each part begins with a chapter of its own",
        advice: "Let one of the parts of book.yml begin with another chapter.")
    case .duplicateTerm:
      Explanation(
        "term '…' is defined twice; a term has one definition in the whole book",
        "spelling '…' belongs to two terms, '…' and '…'; each spelling leads to one definition",
        advice:
          "Make one entry of the two, or give the spelling to one of them. Letters count the same in upper and lower case, and hyphens as blanks."
      )
    case .emptyDefinition:
      Explanation(
        "term '…' has no definition; it follows the bold words in the same paragraph",
        advice: "Write after the bold words what the term means.")
    case .figureOfNothing:
      Explanation(
        "the cell shows nothing, so its caption and number stand nowhere; let it end with the figure or table",
        advice:
          "Let the last line of the cell be the value to show, or give it to 'show(…)'; the code itself has a caption under an id that begins with 'lst-'."
      )
    case .formula:
      Explanation(
        "formula cannot be set…: …",
        advice: "Mend the formula; the message is KaTeX's, and names the place.")
    case .headingLevel:
      Explanation(
        "heading '…' has level … below one of level …; levels go down one at a time",
        advice:
          "Use the level below the one of the heading before: '##' below '#', '###' below '##'.")
    case .katexFailed:
      Explanation(
        "formulas are shown as TeX, because KaTeX failed: …",
        advice: "See the reason; reinstalling katex and nodejs mends most.")
    case .linkWithoutText:
      Explanation(
        "link '…' has no text; write it between the square brackets",
        "link '…' has no text; a reference is written '[](#…)'",
        advice: "Say between the square brackets where the link leads.")
    case .missingAlternativeText:
      Explanation(
        "image '…' has no alternative text; what it shows belongs between the square brackets",
        advice: "Say in a sentence what the picture shows, for readers who cannot see it.")
    case .missingCaption:
      Explanation(
        "figure '…' has no caption; '//| caption: …' says what it shows",
        advice: "Add a caption to the cell.")
    case .movedPage:
      Explanation(
        "page '…' is there; 'moved from' names pages that are gone",
        "page '…' has moved twice; one chapter names it",
        advice: "Name under 'moved from' only old names of this chapter's page.")
    case .noTerms:
      Explanation(
        "glossary defines no term; a paragraph that begins with bold words does, such as '**Batch.** The samples of one step.'",
        "'unlinked' names a term, and the book has no glossary; 'glossary: true' in the front matter of a chapter makes it one",
        advice:
          "Write an entry for each term: a paragraph or list item that begins with the term in bold."
      )
    case .noKatex:
      Explanation(
        "formulas are shown as TeX, because '…' is not installed; 'apt install katex nodejs' mends this",
        advice: "Install the packages that the message names.")
    case .noPandoc:
      Explanation(
        "citations are shown as they are written, because 'pandoc' is not installed; 'apt install pandoc' mends this",
        advice: "Install the package that the message names.")
    case .pandocFailed:
      Explanation(
        "citations are shown as they are written, because pandoc failed: …",
        advice: "See the reason; reinstalling pandoc mends most.")
    case .pageSize:
      Explanation(
        "page '…' has … KiB; a page holds at most 200 KiB, so show less data or split the chapter",
        "page '…' has … KiB; above 100 KiB it loads slowly, and above 200 KiB it is refused",
        advice: "Show fewer points or rows, make some figures images, or split the chapter.")
    case .rawHTML:
      Explanation(
        "element '…' is never closed; its closing tag belongs into the same paragraph, list item or quote",
        "attribute '…' of '…' can't be used; the page's content policy allows no styles or handlers in tags",
        "'…' is read as raw HTML; code stands between back-quotes: '`…`'",
        advice:
          "Close the element, or write it in Markdown. What cannot be made well-formed is shown as text."
      )
    case .referenceWithoutText:
      Explanation(
        "reference '…' has no text, and what it names has no number; write the text between the square brackets",
        advice:
          "Write the text of the reference, or name a figure, table, listing, section or formula that has a number."
      )
    case .remoteImage:
      Explanation(
        "image '…' will not show: pages load nothing from other servers; put the file beside the chapter",
        advice: "Save the picture beside the chapter, and link to it.")
    case .reservedID:
      Explanation(
        "id '…' belongs to a part of every page; give it another name",
        advice: "Choose another id, and refer to that.")
    case .unknownFile:
      Explanation(
        "file '…' …",
        advice: "Put the file where the link says, or correct the link.")
    case .unknownLink:
      Explanation(
        "link '…' leads to no chapter",
        "link '…' leads to a draft, which is left out of the site; '--drafts' builds it",
        "link '…' names no file of the book; a link to the chapter is written '…'",
        "link '…' names no file of the book; a reference is written '#…'",
        "link '…' names no place on its page",
        "link has no destination; it leads to '#id', 'other.md' or an address",
        "link '…' runs a script; pages link to addresses and files",
        "link '…' leads out of the book's folder; pages link to what is in it",
        "link '…' leads out of the book's folder; a link to the chapter is written '…'",
        "link '…' leads to a file of one machine alone; pages link to what is in the book's folder",
        "link '…' ends at its '…', which has a meaning in addresses; a link to the chapter is written '…'",
        "image '…' is a page; a link to it is written without the '!'",
        advice:
          "Correct the destination: a file of the book's folder as it is named there, or an address."
      )
    case .unknownCitation:
      Explanation(
        "citation '…' names nothing in '…'",
        "citation '…' names nothing in '…'; did you mean '…'?",
        "citation '…' names nothing in '…'; a mere '@' is written '\\@'",
        advice:
          "Name a work by its key in the bibliography, or add the work there. In a book with a bibliography, a mere '@' before a word is written '\\@'."
      )
    case .unknownReference:
      Explanation(
        "reference '#…' names nothing in the book",
        advice: "Correct the id, or give the figure, section or formula that is meant this id.")
    case .unknownTerm:
      Explanation(
        "'…' is no term of the glossary; did you mean '…'?",
        "'…' is no term of the glossary; it has no entry that begins with these words in bold",
        advice:
          "Name a term as its entry has it. Under 'glossary' stand terms of that chapter, under 'unlinked' those of the book."
      )
    case .unusedID:
      Explanation(
        "id '…' is used by no reference; …",
        advice: "Refer to it with '[](#id)', or leave the id out. A note only.")
    case .unusedSymbol:
      Explanation(
        "symbol '…' stands in no formula of the chapters",
        "symbol '…' stands in no formula of the chapters; did you mean '…'?",
        advice:
          "Write the symbol as the formulas have it, or take its line out of 'symbols'. A letter under an accent or in another alphabet, such as '\\hat W', is another symbol."
      )
    default: nil
    }
  }
}
