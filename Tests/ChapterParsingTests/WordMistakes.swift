/// Words of a cell, and what is said of them.
let wordMistakes: [(String, String)] = [
  (
    "hiden",
    "10: error: cell word 'hiden' doesn't exist; did you mean 'hidden'? [unknown-cell-word]"
  ),
  (
    "no_run",
    "10: error: cell word 'no_run' doesn't exist; nnbook's word is 'no-run' [unknown-cell-word]"
  ),
  (
    "eval=false",
    "10: error: cell word 'eval=false' doesn't exist; nnbook's word is 'ignore' [unknown-cell-word]"
  ),
  (
    "label=fig-a",
    "10: error: cell word 'label=fig-a' doesn't exist; nnbook's word is 'id=fig-a' "
      + "[unknown-cell-word]"
  ),
  (
    "fold,live",
    "10: error: cell word 'fold,live' doesn't exist; words are separated by spaces, not commas "
      + "[unknown-cell-word]"
  ),
  (
    ".live", "10: error: cell word '.live' doesn't exist; did you mean 'live'? [unknown-cell-word]"
  ),
  (
    "xyzzyxyzzy",
    "10: error: cell word 'xyzzyxyzzy' doesn't exist; words are 'no-run', 'ignore', 'fail', "
      + "'crash', 'exercise', 'checks', 'solution', 'hide-code', 'hide-output', 'hidden', 'fold', 'asis', 'live', 'reset', 'expect', "
      + "'predict', 'id', 'caption', 'alt', 'timeout', 'tol', 'cut-output', 'from' [unknown-cell-word]"
  ),
  ("fold=yes", "10: error: cell word 'fold' takes no value; write 'fold' [cell-word-value]"),
  ("id", "10: error: cell word 'id' needs a value; write 'id=fig-xor' [cell-word-value]"),
  ("id=", "10: error: cell word 'id' needs a value; write 'id=fig-xor' [cell-word-value]"),
  (
    "id=1a",
    "13: error: value '1a' of 'id' must be letters, digits, '-' and '_', with a letter first "
      + "[cell-word-value]"
  ),
  (
    "id=eq-a",
    "13: error: value 'eq-a' of 'id' begins with 'eq-', which names formulas; cells have 'fig-', "
      + "'tbl-' and 'lst-' [cell-word-value]"
  ),
  (
    "caption=\"open",
    "18: error: value of 'caption' has no closing quotation mark [cell-word-value]"
  ),
  ("alt=\"a\"b", "10: error: value of 'alt' must be followed by a space [cell-word-value]"),
  (
    "timeout=0",
    "18: error: value '0' of 'timeout' must be whole seconds from 1 to 3600 [cell-word-value]"
  ),
  (
    "tol=ten",
    "14: error: value 'ten' of 'tol' must be a number from 0 to below 1, such as '1e-4' "
      + "[cell-word-value]"
  ),
  (
    "cut-output=16k",
    "21: error: value '16k' of 'cut-output' must be whole KiB from 1 to 1024 [cell-word-value]"
  ),
  (
    "cut-output=16 live",
    "24: error: cell words 'cut-output' and 'live' can't be meant together: the page shows all that "
      + "a live cell prints [cell-words-conflict]"
  ),
  (
    "fold fold",
    "15: error: cell word 'fold' is given twice [duplicate-cell-word]\n"
      + "a.md:3:10: note: first given here"
  ),
  (
    "hidden fold",
    "17: error: cell words 'hidden' and 'fold' can't be meant together: 'hidden' shows nothing at "
      + "all [cell-words-conflict]"
  ),
  (
    "fail crash",
    "15: error: cell words 'fail' and 'crash' can't be meant together: what does not compile "
      + "cannot run [cell-words-conflict]"
  ),
  (
    "exercise live",
    "4: error: the exercise has no cell with 'checks'; after 'exercise' come 'checks' and "
      + "'solution', before any other cell [exercise-incomplete]\n"
      + "a.md:3:4: error: the exercise has no cell with 'solution'; after 'exercise' come 'checks' and "
      + "'solution', before any other cell [exercise-incomplete]\n"
      + "a.md:3:19: error: cell words 'exercise' and 'live' can't be meant together: an exercise runs "
      + "when the book is built [cell-words-conflict]"
  ),
  (
    "checks",
    "4: error: the cell with 'checks' has no exercise; it comes after a cell with 'exercise', before "
      + "any other cell [exercise-incomplete]"
  ),
  (
    "starter",
    "10: error: cell word 'starter' doesn't exist; nnbook's word is 'exercise' [unknown-cell-word]"
  ),
  (
    "expect=\"x\"",
    "10: error: cell word 'expect' needs 'fail' or 'crash'; it is part of the message of such a "
      + "cell [cell-words-conflict]"
  ),
  (
    "tol=0.1 no-run",
    "18: error: cell words 'no-run' and 'tol' can't be meant together: only a cell that runs to "
      + "its end has a result [cell-words-conflict]"
  ),
]
