"""What the campaigns have in common: books in folders of their own, and counts of what held."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOL = os.environ.get("NNBOOK", f"{ROOT}/.build/debug/nnbook")
CACHE = os.environ.get("NNBOOK_CACHE", f"{ROOT}/.build/nnbook-cache")
# Nothing here takes that long; a machine at work with other things may.
PATIENCE = 300


class Campaign:
    """A folder for everything, removed at the end, and what is told of it."""

    def __init__(self, name):
        self.name = name
        self.held = 0
        self.failures = []
        self.start = time.time()
        self.folder = tempfile.mkdtemp(prefix=f"nnbook-{name}-")
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        # What works for root does so as another user, who passes here.
        os.chmod(self.folder, 0o711)
        self.temporary = self.made("tmp")

    def made(self, name):
        path = f"{self.folder}/{name}"
        os.makedirs(path, exist_ok=True)
        return path

    def expect(self, holds, what, why=""):
        if holds:
            self.held += 1
        else:
            self.failures.append(what)
            print(f"FAILED: {what}: {str(why)[-1500:]}", flush=True)
        return holds

    def environment(self, changes=None):
        """Of a build: None takes a variable away."""
        own = {"NNBOOK_CACHE": CACHE, "NO_COLOR": "1", "TMPDIR": self.temporary}
        variables = {**os.environ, **own, **(changes or {})}
        return {name: value for name, value in variables.items() if value is not None}

    def nnbook(self, book, *arguments, environment=None, **options):
        return subprocess.run(
            [TOOL, *arguments], cwd=book, env=self.environment(environment),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            timeout=PATIENCE, **options)

    def started(self, book, *arguments, output=subprocess.DEVNULL):
        return subprocess.Popen(
            [TOOL, *arguments], cwd=book, env=self.environment(), stdin=subprocess.DEVNULL,
            stdout=output, stderr=output)

    def end(self, what):
        """Says what was done, and ends with 1 where anything failed."""
        seconds = time.time() - self.start
        print(f"{what}: {self.held} held, {len(self.failures)} failed ({seconds:.0f} s)")
        sys.exit(len(self.failures) > 0)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tree(folder):
    """Every file below a folder: its bytes by its path, a link by where it leads."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in files + folders:
            path = os.path.join(place, name)
            if os.path.islink(path):
                found[os.path.relpath(path, folder)] = os.readlink(path)
            elif os.path.isfile(path):
                found[os.path.relpath(path, folder)] = read(path)
    return found


def differences(one, other):
    """Names of the files in which two trees differ."""
    return sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def seed():
    """For the random moments; the one of a run that failed is told, to begin with it again."""
    chosen = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    print(f"SEED={chosen}", flush=True)
    return chosen
