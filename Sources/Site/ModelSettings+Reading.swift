public import Scene

extension ModelSettings {
    /// Where the settings of a model are: beside it, under its name with `.yaml`.
    public static func path(of model: String) -> String {
        let stem = model.hasSuffix(".onnx") ? String(model.dropLast(5)) : model
        return stem + ".yaml"
    }

    /// Reads and checks the settings beside a model.
    ///
    /// - Parameter model: the path of the ONNX file.
    /// - Returns: the settings.
    /// - Throws: `SiteError` with every mistake of the file.
    public static func load(besideModel model: String) throws(SiteError) -> ModelSettings {
        let path = path(of: model)
        let text = try SiteFile.decode(try SiteFile.read(path), file: path)
        return try parse(text: text, file: path)
    }

    /// Reads and checks the text of such a file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: what diagnostics call the file.
    /// - Returns: the settings.
    /// - Throws: `SiteError` with every mistake of the text.
    public static func parse(text: String, file: String) throws(SiteError) -> ModelSettings {
        let reading = Reading(file: file, environment: nil)
        let settings = reading.read(text, as: .modelSettings)
        guard reading.diagnostics.isEmpty, let settings else {
            throw SiteError(reading.sortedDiagnostics)
        }
        return settings
    }
}
