"""Just enough of Swift's lexical structure to measure source files by their code alone."""

import re

FUNCTION = re.compile(
    r"(?<![.\w`])(?:func\s+(?P<func>[^\s(<]+)|(?P<init>init)\b[?]?(?=\s*[(<])"
    r"|(?P<deinit>deinit)\b(?=\s*\{)|(?P<subscript>subscript)\b(?=\s*[(<])"
    r"|var\s+(?P<var>\w+)\s*:\s*[^={}\n]+(?=\{))")
DECLARATION = re.compile(r"(?:func|init|deinit|subscript|var|let|case|associatedtype|typealias)\b")
OPENING, CLOSING = "([", ")]"


def code_only(text):
    """The text with comments and the inside of strings blanked; offsets and lines stay the same.

    Code in string interpolations is kept. Regular expression literals are taken as code.
    """
    out = [character if character == "\n" else " " for character in text]
    _scan(text, 0, out, None)
    return "".join(out)


def _scan(text, at, out, closing):
    """Copies code from `at` to `out`; with `closing` set, up to the parenthesis that ends it."""
    depth = 0
    while at < len(text):
        character = text[at]
        if text.startswith("//", at):
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
            continue
        if text.startswith("/*", at):
            at = _after_block_comment(text, at)
            continue
        quote = re.compile(r'(#*)("""|")').match(text, at)
        if quote:
            at = _string(text, at, out, quote.group(1), quote.group(2))
            continue
        if character == "(":
            depth += 1
        elif character == ")":
            if closing and depth == 0:
                return at
            depth -= 1
        out[at] = character
        at += 1
    return at


def _after_block_comment(text, at):
    """The offset behind the block comment that starts at `at`; such comments nest."""
    depth = 0
    for hit in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if hit.group() == "/*" else -1
        if depth == 0:
            return hit.end()
    return len(text)


def _string(text, at, out, hashes, quotes):
    """Keeps the quotes of the string that starts at `at`; returns the offset behind it."""
    end_mark, escape = quotes + hashes, "\\" + hashes
    out[at + len(hashes)] = '"'
    at += len(hashes) + len(quotes)
    while at < len(text):
        if text.startswith(end_mark, at):
            out[at + len(quotes) - 1] = '"'
            return at + len(end_mark)
        if text.startswith(escape + "(", at):
            at = _scan(text, at + len(escape) + 1, out, ")") + 1
        elif text.startswith(escape, at):
            at += len(escape) + 1
        elif text[at] == "\n" and len(quotes) == 1:
            return at
        else:
            at += 1
    return at


def functions(code):
    """Name, first and last line of every function, initialiser, subscript and computed property.

    Takes what `code_only` gave.
    """
    found = []
    for hit in FUNCTION.finditer(code):
        name = next(value for value in hit.groupdict().values() if value)
        body = _body_start(code, hit.end())
        if body is not None:
            first = code.count("\n", 0, hit.start()) + 1
            found.append((name, first, code.count("\n", 0, _body_end(code, body)) + 1))
    return found


def _body_start(code, at):
    """The offset of the brace that opens the body, or None for a requirement without one."""
    depth = 0
    while at < len(code):
        character = code[at]
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth -= 1
        elif depth == 0 and character == "{":
            return at
        elif depth == 0 and (character in "}@" or (
                character.isalpha() and not (code[at - 1].isalnum() or code[at - 1] in "_.`")
                and DECLARATION.match(code, at))):
            return None
        at += 1
    return None


def _body_end(code, at):
    """The offset of the brace that closes the one at `at`."""
    depth = 0
    for hit in re.compile(r"[{}]").finditer(code, at):
        depth += 1 if hit.group() == "{" else -1
        if depth == 0:
            return hit.start()
    return len(code) - 1
