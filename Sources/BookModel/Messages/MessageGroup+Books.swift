extension MessageGroup {
  package static let books = MessageGroup(title: "Books and their files") { id in
    switch id {
    case .bookExists:
      Explanation(
        "'…' is there already; a book starts in a new folder",
        advice: "Name another folder. 'nnbook new' adds a chapter to a book that is there.")
    case .bookIsAFile:
      Explanation(
        "'…' is a file; a book is a folder of chapters",
        advice: "Name the folder that the chapters are in.")
    case .bibliography:
      Explanation(
        "bibliography '…' is not in folder '…'",
        "bibliography '…' lies outside of the book; copy it into folder '…'",
        "bibliography '…' cannot be read: …",
        "bibliography cannot be read: …",
        "'…' is no CSL-JSON, which is a list of works: [{\"id\": \"…\", …}, …]",
        "citation style '…' is not in folder '…'",
        "citation style '…' puts citations into notes; pages show them in the text, as styles of the class 'in-text' do",
        "'…' is no citation style, which is a file of the Citation Style Language",
        advice:
          "Put the file into the book's folder and name it in book.yml, and mend it where it cannot be read: the message is pandoc's."
      )
    case .chapterExists:
      Explanation(
        "chapter '…' is there already",
        "file '…' of the book has the name of an attachment",
        advice: "Choose another title, or write on in the chapter that is there.")
    case .chapterNamesAlike:
      Explanation(
        "chapters '…' and '…' differ in capital letters alone, and many machines take them for one file; give one another name",
        advice: "Rename one of the two.")
    case .chapterNotRead:
      Explanation(
        "file '…' is not read; the name of a chapter ends in '.md'",
        "file '…' is not read; chapters stand in '…' itself",
        advice: "Rename or move the file where it is a chapter. A warning only.")
    case .chapterNotReadable:
      Explanation(
        "chapter cannot be read: …",
        advice: "Give yourself the right to read the file, or move it out of the folder.")
    case .chapterNotWritable:
      Explanation(
        "chapter '…' cannot be written: …",
        advice: "Give yourself the right to write the file, then accept the outputs again.")
    case .chapterNumbersAlike:
      Explanation(
        "chapters '…' and '…' have one number, so their letters decide which comes first",
        advice: "Give one of the two another number, or list the chapters in book.yml.")
    case .folderNotReadable:
      Explanation(
        "folder '…' cannot be read: …",
        advice: "Give yourself the right to read the folder.")
    case .folderNotWritable:
      Explanation(
        "'…' cannot be written: …",
        advice: "Choose a folder that you may write to, or make room on the disk.")
    case .linkLeavesBook:
      Explanation(
        "'…' is a symbolic link that leads out of the book, to '…'; copy what the book needs into its folder",
        advice:
          "Copy the file into the book: a book that came from somebody else must not carry your own files onto its pages."
      )
    case .durationsFile:
      Explanation(
        "the durations '…' cannot be read: …; a build of the whole book with '--durations …' writes them",
        "the durations '…' cannot be written: …",
        advice:
          "Build the whole book once with '--durations FILE', and hand the same file to every share; or leave the option out: shares are then divided by the chapters' text."
      )
    case .malformedDuration:
      Explanation(
        "line '…' is no duration; one reads '12.345 07-width.md': seconds and a chapter's file",
        advice: "Remove the file; a build of the whole book with '--durations FILE' writes it anew."
      )
    case .noChapters:
      Explanation(
        "folder '…' holds no chapters; a chapter is a file whose name ends in .md",
        advice:
          "Write a first chapter with 'nnbook new \"Title\"', or name the folder that the chapters are in."
      )
    case .noBibliography:
      Explanation(
        "citation '…' is text here, because the book has no bibliography; put one named 'references.bib' beside the chapters",
        advice:
          "Put a file of BibTeX or CSL-JSON beside the chapters, or name it under 'bibliography' in book.yml; write '\\@' where no citation is meant."
      )
    case .noFolderName:
      Explanation(
        "a book needs a folder; name one that is new, or '.' for the one at hand",
        advice: "Name a folder.")
    case .lowContrast:
      Explanation(
        "'…' (…) on '…' (…) has a contrast of … in … colors; text needs 4.5",
        advice:
          "Make one of the two colors darker or lighter. 4.5 is what WCAG 2.1 AA asks for, so that people with weak eyes can read the text."
      )
    case .themeStyle:
      Explanation(
        "'…' is never closed",
        "'…' closes nothing",
        "'@import' asks for another file; all of the style stands in '…'",
        "address '…' leads out of the theme; pages ask no other host for anything, so copy the file into 'theme/'",
        "file '…' is not in 'theme/'; did you mean '…'?",
        "file '…' is not in 'theme/', where the stylesheet looks for it",
        "variable '…' doesn't exist; did you mean '…'?",
        "variable '…' is neither one of the pages' nor defined here",
        "an EPUB's stylesheet shows no files; 'url(…)' belongs into 'style.css'",
        advice:
          "Mend the stylesheet as the message says. Its variables are those of docs/pages.md and those that it defines itself."
      )
    case .themeTemplate:
      Explanation(
        "key '…' doesn't exist in a template; did you mean '…'?",
        "key '…' doesn't exist in a template; keys are …",
        "key '…' is text; it is written '{{…}}'",
        "key '…' is markup; it is written '{{{…}}}'",
        "key '…' shows nothing by itself; it opens a section, '{{#…}}'",
        "'…' is never closed",
        "section '…' is never closed; '…' ends it",
        "'…' closes nothing; each closes the section opened last",
        "template has no partials, blocks or marks of its own; keys and sections do",
        "'…' stands in a tag; there, only quoted values hold keys",
        "a key stands in a tag; there, only quoted values hold keys",
        "attribute '…' of '…' holds a key of markup; values hold keys of text",
        "template shows '{{{content}}}' …; it stands there once",
        "template has no …, which the scripts and styles of the pages need",
        "element '…' can't be part of a page; pages hold no scripts, styles or frames of their own",
        advice:
          "Begin with nnbook's own template, Sources/PageRendering/Theme/body.mustache; docs/pages.md lists the keys. Head, content policy and scripts stay nnbook's."
      )
    case .unknownThemeFile:
      Explanation(
        "file '…' is not part of a theme; did you mean '…'?",
        "file '…' is not part of a theme; a theme has …, pictures and fonts",
        advice: "Rename the file, or move what is no part of the book's look out of 'theme/'.")
    case .noSuchFolder:
      Explanation(
        "no folder '…' here; a book is a folder of chapters ('nnbook init' makes one)",
        advice: "Check the name and the folder you are in, or start a book with 'nnbook init'.")
    case .notBesideChapters:
      Explanation(
        "folder '…' is not read; it stands beside the chapters, as '…'",
        advice: "Move the folder, or leave it where it is for something else. A warning only.")
    case .notebookCell:
      Explanation(
        "cell … is …; it is shown, and does not run",
        "cell … is raw; it is shown as it is",
        "cell … has a line for the kernel, '…'; it is a comment now",
        advice:
          "Nothing needs to be done. To have such a cell run, write it in Swift: a fence with 'swift' is a cell."
      )
    case .notebookFormat:
      Explanation(
        "notebook isn't JSON from here on; a file that was cut off, or holds marks of a merge, is best fetched again",
        "notebook is of format …, and 4 is read; 'jupyter nbconvert --to notebook --nbformat 4 …' writes it anew",
        "notebook lacks '…'; it is JSON, but no notebook of format 4",
        "notebook has something else at … than notebooks of format 4 have",
        "cell … of the notebook is of the kind '…', which is unknown; kinds are 'markdown', 'code' and 'raw'",
        "attachment '…' of cell … isn't base64, so that no file can be made of it",
        "attachment '…' of cell … is not in the notebook",
        "file name '…' gives no name to a chapter; it needs a letter",
        "notebook is the list of symbols, which nnbook makes of 'symbols' in 'book.yml'; it is no chapter",
        advice:
          "Open the notebook in Jupyter and save it again: that mends what is no more than old or half written."
      )
    case .notebookNotReadable:
      Explanation(
        "notebook '…' cannot be read: …",
        advice: "See the reason; most often the name or the folder is another one.")
    case .readmeAsChapter:
      Explanation(
        "'README.md' is a chapter of the book, as every file here that ends in '.md'; one that is none stands outside of '…'",
        advice:
          "Move the file out of the folder of chapters, or keep it as a chapter. A warning only.")
    case .reservedChapterName:
      Explanation(
        "chapter '…' would take the place of …; give it another name",
        advice: "Rename the chapter: its page would have the name of one that every site has.")
    case .reservedFileName:
      Explanation(
        "file '…' would take the place of a page of the site; give it another name",
        advice: "Rename the file, and the links to it.")
    case .settingsName:
      Explanation(
        "settings '…' are not read; the file is named book.yml",
        "settings '…' are not read; they stand beside the chapters, as '…'",
        advice: "Rename the file to book.yml, in the folder of the chapters.")
    case .settingsNotReadable:
      Explanation(
        "settings cannot be read: …",
        advice: "Give yourself the right to read book.yml.")
    case .titleWithoutName:
      Explanation(
        "title '…' gives no file name; a title has at least one letter or digit",
        advice: "Choose a title with a letter or a digit.")
    case .unknownCell:
      Explanation(
        "cell '…' is not in '…'; a cell is named by its id, or by its number from 1 to …",
        advice: "Name the cell by its id, or by its number from the top of the chapter.")
    case .unknownChapter:
      Explanation(
        "chapter '…' is not in '…'",
        "chapter '…' is not in folder '…'",
        advice: "Write the name of the file as it is in the folder.")
    case .unknownMessage:
      Explanation(
        "message '…' doesn't exist; …",
        advice: "Copy the name that stands in brackets at the end of a message.")
    case .unlistedChapter:
      Explanation(
        "chapter '…' is not among the chapters of '…'; the list names all of them, and 'draft: true' keeps one out of the site",
        advice:
          "Add the file to 'chapters' of book.yml, or remove that list: then the order of the names is the order."
      )
    default: nil
    }
  }
}
