"""Writes at a book that `nnbook serve` shows, and watches the page in a headless browser."""
import os
import pathlib
import socket
import subprocess
import tempfile
import time


TOOL = pathlib.Path(".build/debug/nnbook").resolve()
PROSE = "\n\n".join(f"Paragraph {number} of a chapter that fills more than one screen." for number in range(60))
CHAPTER = "---\ntitle: Served\n---\n\n" + PROSE + "\n\n{end}\n\n```swift\n{number} * 2\n```\n"


def try_book(open_browser, check, wait):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "chapters" / "01-served.md"
        path.parent.mkdir()

        def save(end, number=3, extra=""):
            # As editors do: a whole file takes the place of the old one.
            new = path.with_suffix(".md~")
            new.write_text(CHAPTER.format(end=end, number=number) + extra)
            os.replace(new, path)

        save("First end.")
        server = subprocess.Popen([TOOL, "serve", "--quiet", "--port", str(port)], cwd=folder,
                                  stderr=subprocess.DEVNULL)
        browser = open_browser()
        try:
            script = browser.execute_script
            page = f"http://127.0.0.1:{port}/01-served.html"

            def has(text):
                return lambda: text in script("return document.body.textContent")

            def opened():
                # Before the first build the server has no page, and a browser shows one of its own.
                try:
                    browser.get(page)
                    return script("return document.querySelector('.cell')?.textContent.includes('6')")
                except Exception:
                    return False

            check("a served page opens with its results", wait(opened, 120))
            # A change that comes while the page still loads may reload it.
            time.sleep(1)
            script("window.mark = 1; scrollTo({top: 700, behavior: 'instant'})")
            save("Second end.")
            check("a new sentence shows by itself", wait(has("Second end.")))
            check("the old sentence is gone", not has("First end.")())
            check("it came without a reload", script("return window.mark") == 1)
            check("the page stays where it was", script("return Math.round(scrollY)") == 700)
            save("Third end.\n\nAnd one paragraph more.")
            check("a new paragraph shows by itself", wait(has("one paragraph more.")))
            check("paragraphs are in order, each once", script(
                "return [...document.querySelectorAll('article > p')].map(p => p.textContent).slice(-2).join()")
                == "Third end.,And one paragraph more.")
            check("that came without a reload too", script("return window.mark") == 1)
            save("Fourth end.\n\nAnd one paragraph less.")
            check("two changed paragraphs in a row show by themselves", wait(has("one paragraph less.")))
            check("both in their places", script(
                "return [...document.querySelectorAll('article > p')].map(p => p.textContent).slice(-3).join()")
                == "Paragraph 59 of a chapter that fills more than one screen.,Fourth end.,And one paragraph less.")
            check("without a reload as well", script("return window.mark") == 1)

            save("Third end.", extra="\n## A section\n")
            check("a new section shows in the contents", wait(lambda: script(
                "return document.querySelector('.contents')?.textContent.includes('A section')")))
            save("Third end.")
            check("the section goes again", wait(lambda: script(
                "return !document.querySelector('.contents')?.textContent.includes('A section')")))
            time.sleep(1)
            script("window.mark = 2")
            save("Third end.", number=50)
            check("a changed cell shows its new result", wait(lambda: script(
                "return document.querySelector('.cell .output, .cell .value, .cell')?.textContent.includes('100')"),
                120))
            check("that came without a reload as well", script("return window.mark") == 2)
            check("a cell that is done says nothing of its state", wait(lambda: script(
                "return !document.querySelector('[data-result]')")))
            save("Third end.", number="fatalError(); 1")
            check("a cell that stops shows its older result as such", wait(lambda: script(
                "return document.querySelector('.cell')?.dataset.result === 'older result'"), 120))
            check("and why it stopped", wait(lambda: script(
                "return document.querySelector('[role=alert]')?.textContent.includes('[cell-stopped]')")))
            save("Third end.", number="while true {}; 1")
            check("a cell that runs says so", wait(lambda: script(
                "return document.querySelector('.cell')?.dataset.result === 'running…'"), 120))
            start = time.monotonic()
            save("Third end.", number=60)
            check("mending an endless loop shows its result", wait(has("120"), 60))
            print(f"    {time.monotonic() - start:.1f} s after the save")
            save("Third end.\n\n```swift colour=red\n```")
            check("a mistake is told on the page", wait(lambda: script(
                "return document.querySelector('[role=alert]')?.textContent.includes('[unknown-cell-word]')")))
            check("the page behind it is the last good one", has("Third end.")())
            save("Fourth end.", number=60)
            check("the mistake goes when it is mended", wait(lambda: script(
                "return !document.querySelector('[role=alert]')") and has("Fourth end.")()))
            severe = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"
                      and "favicon" not in entry["message"]]
            check("the served page's console has no errors", not severe, severe)
        finally:
            browser.quit()
            server.terminate()
            server.wait()
