extension MessageGroup {
  package static let reading = MessageGroup(title: "Reading chapters and settings") { id in
    switch id {
    case .alertText:
      Explanation(
        "note '[!…]' must stand alone on its line",
        "note '[!…]' holds two tabs or more, each below a line of bold words such as '**Linux**'",
        "'…' after '[!…]' has no meaning; only a name such as '{#…one}' has",
        "'…' names a proof, which has no number to be named by",
        advice:
          "Put the text of the note on the next line of the quote; the mark, such as '> [!NOTE]', has a line to itself."
      )
    case .backQuoteInFence:
      Explanation(
        "fence line holds a back-quote after 'swift', so Markdown sees no cell; write long options as '//| caption: …' inside the cell",
        advice: "Move the text that has a back-quote into an option line at the top of the cell.")
    case .cellWordValue:
      Explanation(
        "value '…' of 'timeout' must be whole seconds from 1 to 3600",
        "value '…' of 'cut-output' must be whole KiB from 1 to 1024",
        "value '…' of 'tol' must be a number from 0 to below 1, such as '1e-4'",
        "value '…' of 'id' must be letters, digits, '-' and '_', with a letter first",
        "cell word '…' takes no value; write '…'",
        "cell word '…' needs a value; write '…'",
        advice:
          "Write the word as the message shows it. The table in docs/cells.md has every word with its value."
      )
    case .cellWordsConflict:
      Explanation(
        "cell words '…' and '…' can't be meant together: …",
        "cell word 'expect' needs 'fail' or 'crash'; it is part of the message of such a cell",
        advice: "Keep the one of the two words that says what you mean.")
    case .codeNesting:
      Explanation(
        "the code nests … more than … levels deep, which is the limit; give parts of it names of their own",
        advice:
          "Name parts of the expression or the type. Deeper nesting keeps the Swift parser and compiler from ending."
      )
    case .duplicateCellWord:
      Explanation(
        "cell word '…' is given twice",
        advice: "Leave one out: a word stands in the fence line or in an option line, once.")
    case .duplicateChapter:
      Explanation(
        "chapter '…' is listed twice",
        advice: "Name each chapter once under 'chapters' of book.yml.")
    case .duplicateID:
      Explanation(
        "id '…' is used twice; an id names one thing of a chapter",
        "id '…' is taken; each id names one thing in the whole book",
        advice: "Give one of the two another id, and change the references to it.")
    case .duplicateKey:
      Explanation(
        "key '…' is given twice in …",
        "symbol '…' is listed twice",
        advice: "Keep one of the two lines.")
    case .exerciseIncomplete:
      Explanation(
        "the exercise has no cell with '…'; after 'exercise' come 'checks' and 'solution', before any other cell",
        "the exercise has a cell with '…' already; one cell holds all of it",
        "the cell with '…' has no exercise; it comes after a cell with 'exercise', before any other cell",
        advice:
          "An exercise is three cells that follow one another: 'exercise', 'checks' and 'solution', the last two in either order."
      )
    case .fenceInHTML:
      Explanation(
        "fence stands in raw HTML, where Markdown sees none; put a blank line before it",
        advice: "Put a blank line between the tag and the fence; raw HTML goes on to the next one.")
    case .fenceIndented:
      Explanation(
        "fence is indented so far that Markdown shows it as text; let it begin under the first letter of the paragraph or list item that it belongs to",
        advice: "Indent the fence as the text around it is.")
    case .fenceLanguage:
      Explanation(
        "fence language '…' is shown, not run; did you mean 'swift'?",
        advice: "Write 'swift' for a cell that runs. A fence in another language is shown as it is."
      )
    case .fenceNeverClosed:
      Explanation(
        "fence '…' is never closed; write '…' on a line of its own",
        "fence '…' is not closed before the next cell (line …); write '…' on a line of its own after the code",
        advice: "Close the fence with as many marks as it was opened with, on a line of their own.")
    case .figureGroup:
      Explanation(
        "note '[!…]' has no name; one such as '{#fig-both}' after the caption numbers it",
        "note '[!…]' has no caption; it stands after the mark, before the name",
        "note '[!…]' holds two figures or more, each a cell or an image with a caption of its own",
        "note '[!…]' holds … figures; their letters end at 'z'",
        "note '[!FIGURES]' stands in another; the parts of a figure have no parts",
        "image in '[!FIGURES]' has no caption; it stands in quotation marks after the address: '(… \"Caption\")'",
        "text in '[!FIGURES]' is no figure; it holds cells and images alone, with a blank line between one and the next",
        "cell in '[!FIGURES]' shows no figure; it belongs before the note",
        "cell in '[!FIGURES]' has no caption; '//| caption: …' gives its part one",
        advice:
          "Begin the quote with '> [!FIGURES] The caption of all {#fig-name}', and put each part below it: a cell with a caption, or an image with one, each apart from the next by a blank line."
      )
    case .foreignMark:
      Explanation(
        "role '…' is text here; …",
        "':::' is text here; a note is written '> [!NOTE]', and what is folded in '<details>'",
        "'…' is text here: attributes have no meaning; …",
        "'…' is text here; …",
        "'…' strikes its text out; a subscript is '<sub>…</sub>', and striking out is written '~~…~~'",
        advice:
          "The mark belongs to another tool. Write what the message says instead; in a code span it stays as it is."
      )
    case .foreignReference:
      Explanation(
        "'…' is text here; a reference is written '[](#…)'",
        advice: "Write the reference as '[](#name)', with nothing between the square brackets.")
    case .formulaNeverClosed:
      Explanation(
        "formula '$$' is never closed; write '$$' before the next blank line",
        advice: "Close the formula, and leave no blank line in it.")
    case .formulaSpaces:
      Explanation(
        "'$…$' is text, because spaces stand inside its dollars; a formula is written '$…$'",
        advice: "Take out the spaces right inside the dollars, or write '\\$' for the sign itself.")
    case .formulaTag:
      Explanation(
        "'\\tag' stands in a formula that '…' numbers; leave one of them out",
        advice:
          "A name such as '{#eq-loss}' numbers the formula; without one, '\\tag' writes a number of your own."
      )
    case .formulaTail:
      Explanation(
        "text '…' after '$$' has no meaning; only a name such as '{#eq-loss}' has",
        advice: "Move the text to a line of its own below the formula.")
    case .formulaTouchesWord:
      Explanation(
        "'$…$' is text, because a letter or digit stands right … it; put a space or a hyphen between, or write '\\$' for the sign itself",
        advice: "Put a space or a hyphen between the formula and the word.")
    case .frontMatterLate:
      Explanation(
        "front matter must begin on the first line of the file; remove the blank lines above it",
        advice: "Let '---' be the first line of the file.")
    case .frontMatterMarks:
      Explanation(
        "front matter stands between lines of '---' and is YAML, such as 'title: Width', not TOML",
        advice: "Write '---' for '+++', and 'key: value' for 'key = value'.")
    case .frontMatterNeverClosed:
      Explanation(
        "front matter is never closed; write '---' on a line of its own after it",
        advice: "Write '---' on a line of its own below the last key.")
    case .headingAttributes:
      Explanation(
        "'…' after a heading has no meaning; only a name such as '{#sec-…}' has",
        advice: "Keep a name that begins with 'sec-', and leave the rest out.")
    case .hiddenCharacter:
      Explanation(
        "the code holds the invisible character …, …; the page shows it as '…', and in a string it can be written as '…'",
        advice:
          "Remove the character, or write it by its number. Code that reads otherwise than it runs deceives its readers."
      )
    case .includedFile:
      Explanation(
        "no file '…' in folder '…'…",
        "file '…' is hidden; a fence shows files whose names begin otherwise than with '.'",
        "file '…' is outside of the book; a fence shows files of folder '…' and of folders in it",
        "file '…' cannot be read: …",
        "file '…' is not UTF-8 text",
        "fence shows '…', so it has no code of its own; leave one of the two out",
        "word 'from' is given twice",
        advice:
          "Write the path from the folder of the chapters, such as 'from=code/model.swift#loss', and keep the file in that folder."
      )
    case .inlineValue:
      Explanation(
        "inline value must begin with '{swift}', not '…'",
        "inline value has no expression; write one after '{swift}', such as '{swift} net.count'",
        "inline value needs a space after '{swift}'",
        advice:
          "Write `{swift} expression` in back-quotes; a format may follow after a comma. Text that begins with a brace and is no value stands between two back-quotes."
      )
    case .inlineValueInFormula:
      Explanation(
        "inline value stands in a formula, which is set before cells run; write it beside the formula, as in '$x =$ `{swift} x`'",
        advice: "Write the value beside the formula, outside of its dollars.")
    case .inlineValueInHeading:
      Explanation(
        "heading holds an inline value; headings are known before cells run",
        advice:
          "Move the value into the text below: contents, anchors and links need the heading before anything runs."
      )
    case .lateOptionLine:
      Explanation(
        "option line '//| …' stands after code; option lines stand at the top of the cell",
        advice: "Move the line above the first line of code.")
    case .lineNote:
      Explanation(
        "mark '<…>' has no note; notes are an ordered list right after the code",
        "mark '<…>' has no note; those of the list after the code are … to …",
        "note … has no line; '<…>' in a comment at the end of a line of the code marks one",
        "mark '<…>' stands twice in the code; each note is about one line",
        "mark '<…>' has a line to itself; it stands at the end of the line that it is about",
        "mark '<…>' stands in code that is not shown; leave it out, and its note",
        advice:
          "End the line with a comment such as '// <1>', and write the notes as an ordered list right after the code: item 1 belongs to '<1>'."
      )
    case .lineTooLong:
      Explanation(
        "values and statements stand so far to the right that the program of the chapter would have more than … MiB; break the line",
        advice: "Begin a new line now and then: the place of each is kept by blanks before it.")
    case .missingTitle:
      Explanation(
        "chapter has no title; write 'title: …' in its front matter or begin it with '# …'",
        advice: "Give the chapter a title.")
    case .namePrefix:
      Explanation(
        "name '…' of a formula must begin with 'eq-', as in '{#eq-…}'",
        "name '…' of a table must begin with 'tbl-', as in '{#tbl-…}'",
        "name '…' of a theorem must begin with 'thm-', as in '{#thm-…}'",
        "name '…' of a figure's part must begin with 'fig-', as in 'fig-…'",
        advice:
          "Begin the name with what the message says: it tells what kind of thing a reference leads to."
      )
    case .nestedTooDeep:
      Explanation(
        "line has more than … quotes in each other",
        "text is nested deeper than … levels of quotes, lists and marks",
        advice:
          "Take the text out of some of the quotes or lists. The limit keeps the Markdown parser from running for minutes."
      )
    case .notUTF8:
      Explanation(
        "file is UTF-16; chapters are UTF-8",
        "… chapters are UTF-8",
        advice: "Save the file as UTF-8 in the editor.")
    case .nulByte:
      Explanation(
        "… chapters are plain text",
        advice: "Remove the byte, or find out which program wrote a file that is not text.")
    case .optionLine:
      Explanation(
        "option line must read '//| key: value', such as '//| caption: Loss over 500 epochs'",
        advice:
          "Write the option with a colon between its key and its value, or make the line an ordinary comment."
      )
    case .outputOfNothing:
      Explanation(
        "expected output belongs to a cell that runs; the cell before it does not",
        advice: "Remove the fence, or the word that keeps the cell from running.")
    case .outputWithoutCell:
      Explanation(
        "fence 'output' must follow a cell at once; it holds what that cell prints",
        advice: "Move the fence right below its cell, with nothing but blank lines between.")
    case .outputWords:
      Explanation(
        "fence 'output' takes no words, so '…' means nothing",
        advice: "Write the word into the fence line of the cell above.")
    case .snippetName:
      Explanation(
        "file '…' has no snippet '…'…",
        "snippet '…' begins twice in '…', on lines … and …",
        "snippet '…' of '…' is empty",
        advice:
          "Name a snippet of the file: it begins after a line '// snippet.NAME' (or '# snippet.NAME', in comments of the language) and ends before '// snippet.end', before the next snippet, or with the file."
      )
    case .snippetMarker:
      Explanation(
        "marker '…' has no meaning here: …",
        advice:
          "Write '// snippet.hide' before the lines that are to be folded and '// snippet.show' after them, each on a line of its own."
      )
    case .tableCaption:
      Explanation(
        "caption '…' has no table; it stands right before the table or right after it",
        "'…' after a caption has no meaning; only a name such as '{#tbl-one}' has",
        advice:
          "Write ': The caption {#tbl-name}' as a paragraph of its own beside the table.")
    case .tableCells:
      Explanation(
        "row has … cells and its table … columns, so the rest of it would not be shown; a '|' inside a cell, code too, is written '\\|'",
        advice: "Give the row as many cells as the head has, or write a bar inside a cell as '\\|'."
      )
    case .tableTooLarge:
      Explanation(
        "table, or the text before it without a blank line, is too large to be read; … cells are the limit",
        advice: "Split the table, or let a cell compute it and show it with table(…).")
    case .textTooLarge:
      Explanation(
        "chapter has more than … MiB, which is the limit; divide it, and let cells read large data from files in 'data/'",
        advice:
          "Divide the file. Its page would be far above what browsers show at once, and what reads it would take minutes."
      )
    case .texDelimiter:
      Explanation(
        "… is text in brackets; a formula is written '$…$'",
        "… is text in brackets; a formula on lines of its own is written '$$…$$'",
        "… stands outside of a formula; write '$$' on a line before it, and after its end",
        "… stands outside of a formula; …",
        advice:
          "Write dollars: '$…$' in a sentence, '$$' on lines of their own around what stands apart."
      )
    case .tooManyErrors:
      Explanation(
        "more than … messages for one file; the others are left out",
        advice: "Mend the first ones: the others often follow from them.")
    case .unknownAlert:
      Explanation(
        "note '[!…]' doesn't exist; did you mean '[!…]'?",
        "note '[!…]' doesn't exist; notes are …",
        advice: "Use one of the kinds that exist.")
    case .unknownCellWord:
      Explanation(
        "cell word '…' doesn't exist; did you mean '…'?",
        advice: "Use a word of the table in docs/cells.md.")
    case .unknownFootnote:
      Explanation(
        "footnote '…' doesn't exist; write '…: …' on a line of its own",
        advice: "Write the footnote, or take its mark out of the text.")
    case .unknownKey:
      Explanation(
        "key '…' doesn't exist in …; did you mean '…'?",
        "key '…' belongs into book.yml, which speaks for all chapters",
        advice: "Use one of the keys that exist; what is about the whole book stands in book.yml.")
    case .valueFormat:
      Explanation(
        "format '…' doesn't exist; formats are …",
        "format '…' needs a comma before it: …",
        "format '…' must begin with '%', as in '…'",
        advice: "Write the format after a comma, as in `{swift} loss, %.3f`.")
    case .yaml:
      Explanation(
        "… isn't YAML: …",
        "… must be lines of 'key: value', such as 'title: Width'",
        "key in … must be a plain word",
        advice:
          "Write a line 'key: value' each; a value that holds ': ' or begins with a mark stands in quotation marks."
      )
    case .yamlValue:
      Explanation(
        "value of '…' must be one line of text",
        "value of '…' must be 'true' or 'false'",
        "value of '…' must be a list, a line '- name' each",
        "value '…' of 'date' must be a day, such as '2026-11-21'",
        "value of '…' is missing",
        "value '…' of 'id' must be letters, digits, '-' and '_', with a letter first",
        "value of 'glossary' must be 'true', or lines with other spellings of terms, such as '  Exclusive or: XOR'",
        "symbol '…' must be a formula between dollars, such as '$\\eta$'",
        "symbol '…' has no meaning; it stands after the colon",
        "'pictures' needs 'base', such as 'base: https://example.org/book/'; pictures of links have whole addresses",
        "value of 'unlinked' must be 'all' or terms, such as 'bias, code'",
        "value of '…' is empty; YAML takes '#' for the beginning of a comment, so a color stands in quotation marks: …",
        "value '…' of '…' must be a color, such as '#a8420b' or 'rgb(168 66 11)'",
        "value '…' of '…' must be one value of a stylesheet, without ';', braces, 'url(…)' and comments, and with each quotation mark and parenthesis closed",
        "'…' needs a color for 'light' and one for 'dark', or one for both",
        "'…' is no color, and has one value in light and dark",
        advice: "Write the value as the message says.")
    default: nil
    }
  }
}
