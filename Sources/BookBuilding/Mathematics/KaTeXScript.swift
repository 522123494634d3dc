extension KaTeX {
  /// What node runs: formulas in, answers out.
  ///
  /// - The MathML alone goes onto the page, without KaTeX's wrapping element and the TeX that no
  ///   browser shows.
  /// - What KaTeX leaves out or prints in red is a mistake: the rest of a line after `%`, commands that
  ///   would need to be trusted, a new line outside an environment, which no browser breaks.
  /// - Letters of another alphabet are written as the characters that Unicode has for them: browsers
  ///   follow MathML Core, which knows no `mathvariant` but `normal`.
  static let script = #"""
    const katex = require("katex");
    const refused = {
      "\\href": "links are written in Markdown, outside of formulas",
      "\\url": "links are written in Markdown, outside of formulas",
      "\\includegraphics": "images are written in Markdown, outside of formulas",
    };

    function refuse(message, position) {
      throw Object.assign(new Error(message), { position });
    }

    // Where the last line's comment begins; -1 where it has none.
    function comment(tex) {
      let place = -1;
      for (let i = 0; tex.length > i; i++) {
        if (tex[i] === "\\") i++;
        else if (tex[i] === "\n") place = -1;
        else if (tex[i] === "%" && 0 > place) place = i;
      }
      return place;
    }

    function newLine(tex) {
      let depth = 0;
      for (const found of tex.matchAll(/\\(begin|end|newline|\\|[^])/g)) {
        if (found[1] === "begin") depth += 1;
        else if (found[1] === "end") depth -= 1;
        else if (depth === 0 && (found[1] === "\\" || found[1] === "newline")) return found.index;
      }
      return tex.indexOf("\\\\");
    }

    // First capital, first small letter and first digit of each alphabet.
    const alphabets = {
      "bold": [0x1D400, 0x1D41A, 0x1D7CE], "italic": [0x1D434, 0x1D44E],
      "bold-italic": [0x1D468, 0x1D482], "script": [0x1D49C, 0x1D4B6],
      "bold-script": [0x1D4D0, 0x1D4EA], "fraktur": [0x1D504, 0x1D51E],
      "double-struck": [0x1D538, 0x1D552, 0x1D7D8], "bold-fraktur": [0x1D56C, 0x1D586],
      "sans-serif": [0x1D5A0, 0x1D5BA, 0x1D7E2], "bold-sans-serif": [0x1D5D4, 0x1D5EE, 0x1D7EC],
      "sans-serif-italic": [0x1D608, 0x1D622], "sans-serif-bold-italic": [0x1D63C, 0x1D656],
      "monospace": [0x1D670, 0x1D68A, 0x1D7F6],
    };
    const greek = {
      "bold": [0x1D6A8, 0x1D6C2], "italic": [0x1D6E2, 0x1D6FC], "bold-italic": [0x1D71C, 0x1D736],
      "bold-sans-serif": [0x1D756, 0x1D770], "sans-serif-bold-italic": [0x1D790, 0x1D7AA],
    };
    // Letters that had a place in Unicode before their alphabet had one.
    const older = {
      0x1D455: 0x210E, 0x1D49D: 0x212C, 0x1D4A0: 0x2130, 0x1D4A1: 0x2131, 0x1D4A3: 0x210B,
      0x1D4A4: 0x2110, 0x1D4A7: 0x2112, 0x1D4A8: 0x2133, 0x1D4AD: 0x211B, 0x1D4BA: 0x212F,
      0x1D4BC: 0x210A, 0x1D4C4: 0x2134, 0x1D506: 0x212D, 0x1D50B: 0x210C, 0x1D50C: 0x2111,
      0x1D515: 0x211C, 0x1D51D: 0x2128, 0x1D53A: 0x2102, 0x1D53F: 0x210D, 0x1D545: 0x2115,
      0x1D547: 0x2119, 0x1D548: 0x211A, 0x1D549: 0x211D, 0x1D551: 0x2124,
    };

    function inAlphabet(character, variant) {
      const code = character.codePointAt(0);
      const starts = alphabets[variant];
      const others = greek[variant];
      let place;
      if (starts && code >= 0x41 && 0x5A >= code) place = starts[0] + code - 0x41;
      else if (starts && code >= 0x61 && 0x7A >= code) place = starts[1] + code - 0x61;
      else if (starts && starts[2] && code >= 0x30 && 0x39 >= code) place = starts[2] + code - 0x30;
      else if (others && code >= 0x391 && 0x3A9 >= code) place = others[0] + code - 0x391;
      else if (others && code >= 0x3B1 && 0x3C9 >= code) place = others[1] + code - 0x3B1;
      else return character;
      return String.fromCodePoint(older[place] || place);
    }

    function set({ tex, isDisplay }, macros) {
      const options = {
        output: "mathml", displayMode: isDisplay, macros: { ...macros },
        strict: (code) => {
          if (code === "commentAtEnd") {
            refuse("'%' begins a comment, so nothing after it is shown; a percent sign is written '\\%'",
              comment(tex));
          }
          return "ignore";
        },
        trust: ({ command }) => refuse(
          `'${command}' is not set; ${refused[command] || "pages take no markup from formulas"}`,
          tex.indexOf(command)),
      };
      const html = katex.renderToString(tex, options);
      const math = html.slice(html.indexOf("\u003cmath"), html.lastIndexOf("\u003c/span>"))
        .replace(/\u003cannotation[^]*?\u003c\/annotation>/, "");
      if (math.includes('linebreak="newline"')) {
        refuse("'\\\\' begins no new line outside of an environment; write "
          + "'\\begin{aligned} … \\end{aligned}' around the lines", newLine(tex));
      }
      if (math.includes("\u003csemantics>\u003cmrow>\u003c/mrow>\u003c/semantics>") && /\S/.test(tex)) {
        const definition = /\\(re|provide)?newcommand|\\[gex]?def|\\let/.exec(tex);
        refuse(definition
          ? "it shows nothing, and a macro reaches no further than its formula; 'macros:' in book.yml "
            + "holds those of the whole book"
          : "it shows nothing", definition ? definition.index : 0);
      }
      const variant = /\u003c(m[in]|mtext|mo) mathvariant="([a-z-]+)">([^\u003c]*)/g;
      return math.replace(variant, (whole, name, variant, text) => {
        if (!alphabets[variant] || text.includes("&")) return whole;
        return `\u003c${name}>${Array.from(text, (c) => inAlphabet(c, variant)).join("")}`;
      });
    }

    let text = "";
    process.stdin.setEncoding("utf8");
    process.stdin.on("data", (part) => { text += part; });
    process.stdin.on("end", () => {
      const { macros, formulas } = JSON.parse(text);
      const replies = formulas.map((formula) => {
        try {
          return { mathML: set(formula, macros) };
        } catch (error) {
          const message = error.message
            .replace(/^KaTeX parse error: /, "").replace(/ at (position \d+|end of input):[^]*$/, "");
          let offset = error.position;
          if (offset === undefined) {
            const named = /\\([a-zA-Z]+|.)/.exec(message);
            offset = named ? formula.tex.indexOf(named[0]) : -1;
          }
          return { mistake: message, offset: 0 > offset ? undefined : offset };
        }
      });
      process.stdout.write(JSON.stringify(replies));
    });
    """#
}
