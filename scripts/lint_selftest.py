"""Tests of the checker, run by `lint.py --selftest`: each rule once broken and once kept."""

import unittest

import lint
import swift_text


def rules(path, text):
    """Rule and line of everything that is found in one file."""
    return [(finding.rule, finding.line) for finding in lint.check_text(path, text)]


def swift_function(lines, head="func long()"):
    """A function of that many lines, braces included."""
    return head + " {\n" + "    step()\n" * (lines - 2) + "}\n"


class SizeTests(unittest.TestCase):
    """Files, functions and lines at their cap pass, one above it does not."""

    def test_file_length(self):
        self.assertEqual(rules("Sources/A/A.swift", "let a = 1\n" * 500), [])
        self.assertEqual(rules("Tests/A/A.swift", "let a = 1\n" * 501), [("file-length", 501)])

    def test_generated_files_are_exempt(self):
        text = "// Generated. " + lint.GENERATED + ".\n" + "let a = b!\n" * 600
        self.assertEqual(rules("Sources/A/Tables.swift", text), [])

    def test_line_length(self):
        self.assertEqual(rules("Sources/A/A.swift", "// " + "x" * 97), [])
        self.assertEqual(rules("Sources/A/A.swift", "\n// " + "x" * 98), [("line-length", 2)])
        self.assertEqual(rules("Sources/A/A.swift", "/// https://a.b/" + "x" * 98), [])
        self.assertEqual(rules("docs/a.md", "x" * 200), [])
        table = 'let table = """\n' + "x" * 200 + '\n"""\n'
        self.assertEqual(rules("Tests/A/A.swift", table), [])

    def test_function_length(self):
        for head in ("func f<T>(_ a: [T] = [], b: () -> Void = {}) async throws(E) -> T",
                     "public init?(a: Int)", "deinit", "subscript(at: Int) -> Int",
                     "var area: Double"):
            long, short = swift_function(61, head), swift_function(60, head)
            self.assertEqual(rules("Sources/A/A.swift", "\n" + short), [], head)
            self.assertEqual(
                rules("Sources/A/A.swift", "\n" + long), [("function-length", 2)], head)

    def test_a_reason_above_permits_a_long_function(self):
        text = "// Long because the loop nest is one kernel.\n" + swift_function(80)
        self.assertEqual(rules("Sources/A/A.swift", text), [])

    def test_requirements_and_calls_are_no_functions(self):
        text = ("protocol P {\n    func a() -> Int\n    init()\n    var b: Int { get }\n}\n"
                "struct S {\n    let x = 1\n" + "    // filler\n" * 70 + "}\n"
                "extension S {\n    func c() { self.init(a: 1) }\n" + "    //\n" * 70 + "}\n")
        self.assertEqual(rules("Sources/A/A.swift", text), [])

    def test_braces_in_strings_and_comments_do_not_count(self):
        text = 'func f() {\n    let a = "}" // }\n    /* } /* } */ } */\n' + \
            '    let b = #"}"\\#(c("}"))"#\n    let d = """\n        }\n        """\n' + \
            "    step()\n" * 60 + "}\n"
        self.assertEqual(rules("Sources/A/A.swift", text), [("function-length", 1)])

    def test_python_functions(self):
        text = "def f():\n" + "    pass\n" * 60
        self.assertEqual(rules("scripts/a.py", text), [("function-length", 1)])


class ConstructTests(unittest.TestCase):
    """Constructs that may not stand in the product."""

    def test_forced_constructs(self):
        for line, rule in (("let a = try! f()", "forced-try"), ("let a = b as! C", "forced-cast"),
                           ("fatalError()", "fatal-error"), ("let a = b!", "forced-unwrap"),
                           ("b()!.c = 1", "forced-unwrap"), ("b[1]!.c()", "forced-unwrap"),
                           ("var a: Int!", "forced-unwrap"),
                           ('print("a \\(b!) c")', "forced-unwrap")):
            self.assertEqual(rules("Sources/A/A.swift", "\n" + line), [(rule, 2)], line)
            self.assertEqual(rules("Tests/A/A.swift", line), [], line)

    def test_look_alikes(self):
        for line in ("if a != b, !c, a!=b {}", '"stop!"', "// why not!", "#if !os(Linux)",
                     "a && !b", 'let a = """\n    Hello! \\n!\n    """', "let q = #\"a\\\"!\"#"):
            self.assertEqual(rules("Sources/A/A.swift", line), [], line)

    def test_markers(self):
        for word in ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"):
            self.assertEqual(rules("scripts/a", "a\n# %s: b" % word), [("leftover-marker", 2)])
            self.assertEqual(rules("scripts/a", "# %sS %s_A" % (word, word)), [])

    def test_skipped_tests(self):
        for line in ('@Test("A", .disabled("why"))', '@Test(.enabled(if: hasCamera))'):
            self.assertEqual(rules("Tests/A/A.swift", line), [("skipped-test", 1)])

    def test_offsets_survive_the_blanking(self):
        text = 'let a = "é\\(b)" /* c\n */ let d = #"""\n"\n"""#\nlet e = f!\n'
        code = swift_text.code_only(text)
        self.assertEqual(len(code), len(text))
        self.assertEqual(code.index("f!"), text.index("f!"))


class ArrowTests(unittest.TestCase):
    """Table, manifest and import lines have to tell the same."""

    TABLE = ("| target | purpose | imports |\n| --- | --- | --- |\n"
             "| `Scene` | `values` | nothing |\n| `Rules` | zones | `Scene` |\n")
    MANIFEST = 'let p = [\ntarget("Scene"),\ntarget("Rules", ["Scene"]),\n]'

    def arrows(self, rules_imports, table=TABLE, rules_needs=("Scene",)):
        manifest = {"targets": [
            {"name": "Scene", "type": "regular", "dependencies": []},
            {"name": "Alerts", "type": "test",
             "dependencies": [{"product": ["GRDB", "GRDB.swift", None, None]}]},
            {"name": "Rules", "type": "regular",
             "dependencies": [{"byName": [name, None]} for name in rules_needs]}]}
        sources = {"Sources/Scene/A.swift": "import Foundation", "Sources/Rules/A.swift":
                   "\n".join(["// import GRDB"] + rules_imports)}
        return [str(finding) for finding in lint.check_arrows(
            lint.documented_arrows(table), lint.declared_arrows(manifest),
            lint.imported_modules(sources), self.MANIFEST)]

    def test_agreement(self):
        for line in ("public import Scene", "@testable internal import struct Scene.Box"):
            self.assertEqual(self.arrows([line, "internal import Foundation"]), [])

    def test_import_without_dependency(self):
        self.assertEqual(self.arrows(["import Scene", "import GRDB"]), [
            "Sources/Rules/A.swift:3: import-arrow: "
            "Rules imports GRDB, which Package.swift does not give it"])

    def test_dependency_without_import(self):
        self.assertEqual(self.arrows([]), [
            "Package.swift:3: import-arrow: Rules depends on Scene, but no file imports it"])

    def test_table_and_manifest_disagree(self):
        self.assertEqual(self.arrows(["import Scene"], rules_needs=()), [
            "Sources/Rules/A.swift:2: import-arrow: "
            "Rules imports Scene, which Package.swift does not give it",
            "docs/architecture.md:4: import-arrow: "
            "Rules imports Scene here but not in Package.swift"])
        table = self.TABLE.replace("zones | `Scene`", "zones | nothing")
        self.assertEqual(self.arrows(["import Scene"], table), [
            "Package.swift:3: import-arrow: Rules may not depend on Scene by "
            "docs/architecture.md:4"])

    def test_missing_row_and_missing_target(self):
        table = self.TABLE.replace("`Rules`", "`Rule`")
        self.assertEqual(self.arrows(["import Scene"], table), [
            "Package.swift:3: import-arrow: Rules has no row in docs/architecture.md",
            "docs/architecture.md:4: import-arrow: Package.swift has no target Rule"])

    def test_pure_targets(self):
        self.assertEqual(self.arrows(["import Scene", "import Dispatch"]), [
            "Sources/Rules/A.swift:3: import-arrow: Rules is pure: no Dispatch in it"])


class LayoutTests(unittest.TestCase):
    """Only what the layout knows stands at the top level."""

    def test_top_level(self):
        found = lint.check_top_level(["README.md", ".ci/run", "docs/a.md", "notes.txt", "tmp/a"])
        self.assertEqual([finding.path for finding in found], ["notes.txt", "tmp"])


def run():
    """Runs every test; returns the exit status."""
    suite = unittest.defaultTestLoader.loadTestsFromNames([__name__])
    result = unittest.TextTestRunner(verbosity=0).run(suite)
    return 0 if result.wasSuccessful() and result.testsRun > 0 else 1
