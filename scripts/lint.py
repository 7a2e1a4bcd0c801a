#!/usr/bin/env python3
"""Measures the source tree against the project's rules and prints `path:line: rule: what is wrong`.

    scripts/lint.py               checks the project; exit status 1 where anything was found
    scripts/lint.py --selftest    checks the checker

What the formatter sees (names, documentation, force unwraps it can prove) is left to the formatter.
Files whose first lines say that a generator wrote them are exempt from every rule on text.
"""

import ast
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True

import swift_text  # noqa: E402

FILE_LINES = 500
FUNCTION_LINES = 60
LINE_CHARACTERS = 100
GENERATED = "DO NOT " + "EDIT"
MARKERS = re.compile(r"\b(%s)\b" % "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")))
TOP_LEVEL = {"Package.swift", "Sources", "Tests", "Models", "SampleStreams", "README.md", "docs",
             "scripts", "Makefile", "LICENSE"}
# Targets whose steps are values: no clock, lock, queue or log reaches them.
PURE = {"Scene", "Imaging", "Detection", "Rules"}
IMPURE_MODULES = {"Dispatch", "Synchronization", "Logging"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(\w+)", re.M)
FORBIDDEN = (
    ("forced-try", re.compile(r"\btry!"), "handle the error or add context and rethrow it"),
    ("forced-cast", re.compile(r"\bas!"), "use `as?` and handle nil"),
    ("fatal-error", re.compile(r"\bfatalError\b"), "throw, or state a precondition"),
    ("forced-unwrap", re.compile(r"(?<!\btry)(?<!\bas)(?<=[\w)\]}?\"`])!(?!=)"),
     "unwrap with `guard let` or throw"),
)
TEST_FORBIDDEN = (
    ("skipped-test", re.compile(r"\.(?:disabled\s*\(|enabled\s*\(\s*if\b)|\bXCTSkip"),
     "a test fails with the command that installs what it misses; it is never skipped"),
)


class Finding:
    """One broken rule at one line; prints as `path:line: rule: message`."""

    def __init__(self, path, line, rule, message):
        self.path, self.line, self.rule, self.message = path, line, rule, message

    def __str__(self):
        return "%s:%d: %s: %s" % (self.path, self.line, self.rule, self.message)


def line_of(text, offset):
    """The number of the line, from 1, that holds the character at `offset`."""
    return text.count("\n", 0, offset) + 1


def check_lines(path, text):
    """Lengths of the file and of its lines; what cannot be broken may be longer.

    That is an address at the end of a line, and in Swift a line of a multi-line string.
    """
    lines = text.splitlines()
    code = swift_text.code_only(text).splitlines() if path.endswith(".swift") else lines
    found = []
    if len(lines) > FILE_LINES:
        found.append(Finding(path, FILE_LINES + 1, "file-length", "%d lines, at most %d" % (
            len(lines), FILE_LINES)))
    for number, line in enumerate(lines, 1):
        if len(line) <= LINE_CHARACTERS or re.search(r"https?://\S{40,}$", line):
            continue
        is_string = not code[number - 1].strip() and not line.lstrip().startswith("//")
        if not is_string:
            found.append(Finding(path, number, "line-length", "%d characters, at most %d" % (
                len(line), LINE_CHARACTERS)))
    return found


def check_markers(path, text):
    """Notes to oneself that were left in."""
    return [Finding(path, line_of(text, hit.start()), "leftover-marker",
                    "'%s': do it, or describe the limitation in docs/" % hit.group())
            for hit in MARKERS.finditer(text)]


def too_long(path, name, first, last):
    """A finding where a function has more lines than the cap."""
    count = last - first + 1
    if count <= FUNCTION_LINES:
        return []
    return [Finding(path, first, "function-length", "%s has %d lines, at most %d" % (
        name, count, FUNCTION_LINES))]


def check_swift(path, text):
    """Function lengths and constructs that are not allowed, in one Swift file."""
    code = swift_text.code_only(text)
    lines = text.splitlines()
    found = []
    for name, first, last in swift_text.functions(code):
        # A kernel's loop nest may be longer where the line above the function gives the reason.
        if not (first > 1 and re.match(r"\s*// Long because \w", lines[first - 2])):
            found += too_long(path, name, first, last)
    forbidden = FORBIDDEN if path.startswith("Sources/") else TEST_FORBIDDEN
    for rule, pattern, advice in forbidden:
        found += [Finding(path, line_of(code, hit.start()), rule, advice)
                  for hit in pattern.finditer(code)]
    return found


def check_python(path, text):
    """Function lengths in one Python file."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [finding for node in nodes
            for finding in too_long(path, node.name, node.lineno, node.end_lineno)]


def check_text(path, text):
    """Every rule that looks at one file alone."""
    if any(GENERATED in line for line in text.splitlines()[:5]):
        return []
    found = []
    if not path.endswith(".md"):
        found += check_lines(path, text)
    found += check_markers(path, text)
    if path.endswith(".swift"):
        found += check_swift(path, text)
    elif path.endswith(".py"):
        found += check_python(path, text)
    return found


def documented_arrows(text):
    """What each target may import by the table in docs/architecture.md, and the row's line."""
    arrows = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        name = re.fullmatch(r"`(\w+)`", cells[0])
        if line.lstrip().startswith("|") and len(cells) == 3 and name:
            arrows[name.group(1)] = (set(re.findall(r"`(\w+)`", cells[2])), number)
    return arrows


def declared_arrows(manifest):
    """What each target depends on by `swift package dump-package`, and what kind it is."""
    arrows = {}
    for target in manifest["targets"]:
        names = {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}
        arrows[target["name"]] = (names, target["type"])
    return arrows


def imported_modules(sources):
    """For each target the modules that its files import, each with path and line of one import."""
    imports = {}
    for path, text in sources.items():
        parts = path.split("/")
        if len(parts) < 3 or parts[0] not in ("Sources", "Tests") or not path.endswith(".swift"):
            continue
        code = swift_text.code_only(text)
        for hit in IMPORT.finditer(code):
            place = (path, line_of(code, hit.start(1)))
            imports.setdefault(parts[1], {}).setdefault(hit.group(1), place)
    return imports


def check_arrows(documented, declared, imports, manifest_text):
    """The arrows between targets: table, manifest and import lines must say the same.

    Complexity: linear in targets times modules.
    """
    def manifest_line(name):
        hit = re.search(r'(?:target|tests|systemLibrary)\(\s*(?:name: )?"%s"' % name,
                        manifest_text, re.I)
        return line_of(manifest_text, hit.start()) if hit else 1

    known = set(declared).union(*(names for names, _ in declared.values()))
    found = []

    def add(path, line, message):
        found.append(Finding(path, line, "import-arrow", message))

    table = "docs/architecture.md"
    for name, (names, kind) in declared.items():
        used = imports.get(name, {})
        for module in sorted(set(used) & known - names - {name}):
            add(*used[module], "%s imports %s, which Package.swift does not give it" % (
                name, module))
        for module in sorted(set(used) & IMPURE_MODULES if name in PURE else ()):
            add(*used[module], "%s is pure: no %s in it" % (name, module))
        if kind == "test":
            continue
        if name not in documented:
            add("Package.swift", manifest_line(name), "%s has no row in %s" % (name, table))
            continue
        allowed, row = documented[name]
        for module in sorted(names - allowed):
            add("Package.swift", manifest_line(name), "%s may not depend on %s by %s:%d" % (
                name, module, table, row))
        for module in sorted(allowed - names):
            add(table, row, "%s imports %s here but not in Package.swift" % (name, module))
        for module in sorted((names & allowed) - set(used) if kind != "system" else ()):
            add("Package.swift", manifest_line(name), "%s depends on %s, but no file imports it" % (
                name, module))
    for name in sorted(set(documented) - set(declared)):
        add(table, documented[name][1], "Package.swift has no target %s" % name)
    return found


def check_top_level(paths):
    """Entries at the top that the layout does not know."""
    entries = {path.split("/")[0] for path in paths}
    return [Finding(entry, 1, "top-level", "belongs in one of: " + ", ".join(sorted(TOP_LEVEL)))
            for entry in sorted(entries)
            if entry not in TOP_LEVEL and not entry.startswith(".")]


def project_files():
    """Paths of all files that are, or would be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True).stdout.decode()
    return sorted(path for path in set(listed.split("\0")) if path and os.path.isfile(path))


def linked_sources(texts):
    """The files of targets whose folder is a link to another target's, under their own paths."""
    linked = {}
    for folder in sorted(os.listdir("Sources")):
        if not os.path.islink(os.path.join("Sources", folder)):
            continue
        origin = "Sources/%s/" % os.readlink(os.path.join("Sources", folder))
        for path, text in texts.items():
            if path.startswith(origin):
                linked["Sources/%s/%s" % (folder, path[len(origin):])] = text
    return linked


def is_text(path):
    """Whether rules on text apply to the file."""
    return (path.endswith((".swift", ".py", ".h", ".c", ".md", ".sh")) or path == "Makefile"
            or (path.startswith(("scripts/", ".ci/")) and "." not in os.path.basename(path)))


def check_project():
    """All findings of the project in the current folder."""
    paths = project_files()
    texts = {}
    for path in filter(is_text, paths):
        with open(path, encoding="utf-8") as file:
            texts[path] = file.read()
    found = check_top_level(paths)
    for path, text in texts.items():
        found += check_text(path, text)
    sources = {**texts, **linked_sources(texts)}
    manifest = json.loads(subprocess.run(
        ["swift", "package", "dump-package"], check=True, stdout=subprocess.PIPE).stdout)
    found += check_arrows(
        documented_arrows(texts["docs/architecture.md"]), declared_arrows(manifest),
        imported_modules(sources), texts["Package.swift"])
    return found, len(texts)


def main(arguments):
    """Runs what the arguments ask for; returns the exit status."""
    if arguments == ["--selftest"]:
        import lint_selftest
        return lint_selftest.run()
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    found, count = check_project()
    for finding in found:
        print(finding)
    print("lint: %d files, %d findings" % (count, len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
