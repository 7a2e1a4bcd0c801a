internal import Glibc

/// Where the model that comes with the program is.
public enum ShippedModel {
    /// The folder that the build puts beside the program.
    public static let folder = "smartpatrol_ShippedModel.resources"
    private static let name = "crops.onnx"

    /// The file: beside the program, or in `share/smartpatrol` next to the folder that it is in;
    /// nil where it is in neither place.
    public static var path: String? {
        guard let program = programFolder else { return nil }
        let places = ["\(program)/\(folder)/\(name)", "\(program)/../share/smartpatrol/\(name)"]
        return places.first { access($0, R_OK) == 0 }
    }

    /// The folder that the running program is in.
    private static var programFolder: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
        }
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count], as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
}
