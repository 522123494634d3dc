(nnbook.previews ??= {})["02-words.html"] = {"descent": "<p><a id=\"descent\"></a><strong>Gradient descent.</strong> Down the hill, one <a href=\"#term-batch\">batch</a> after the other.</p>",
"term-batch": "<p><span id=\"term-batch\"></span><strong>Batch.</strong> The samples that one step looks at.</p>"};
