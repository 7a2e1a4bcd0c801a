import Foundation
import Testing

/// Holds lines of JSON against the schema of the alert contract.
enum Contract {
    private static let validator = """
        import json, sys, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
        for number, line in enumerate(open(sys.argv[2]), 1):
            fault = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
            if fault is not None:
                print(number, fault.json_path, fault.message)
        """

    /// What is wrong with a file of alerts, line by line; empty where nothing is.
    static func faults(of path: String) throws -> String {
        let python = Patrol.packageRoot.appendingPathComponent(".venv/bin/python3")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "Python with jsonschema is missing in .venv: run `make setup`"
        )
        let schema = Patrol.packageRoot.appendingPathComponent("docs/alert.schema.json").path
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", validator, schema, path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
