internal import CFFmpeg

/// Owns one MP4 file that is being written: one video track, its index moved to the start at the
/// end, no encoder name and no creation time.
final class MP4File {
    private let path: String
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let stream: UnsafeMutablePointer<AVStream>
    private let encoderTimeBase: AVRational
    private var hasInformation = false

    /// Creates the file and writes its head; the encoder must be open.
    init(
        path: String,
        encoder: UnsafeMutablePointer<AVCodecContext>,
        timescale: Int
    ) throws(MediaError) {
        var created: UnsafeMutablePointer<AVFormatContext>?
        let status = avformat_alloc_output_context2(&created, nil, "mp4", path)
        guard status >= 0, let context = created else {
            throw MediaError(status: status, message: "\(path): cannot prepare an MP4 file")
        }
        guard let stream = avformat_new_stream(context, nil) else {
            avformat_free_context(context)
            throw MediaError(code: .exhausted, message: "\(path): no memory left for a track")
        }
        self.path = path
        self.context = context
        self.stream = stream
        encoderTimeBase = encoder.pointee.time_base
        context.pointee.flags |= AVFMT_FLAG_BITEXACT
        stream.pointee.time_base = encoder.pointee.time_base
        stream.pointee.avg_frame_rate = encoder.pointee.framerate
        try check(avcodec_parameters_from_context(stream.pointee.codecpar, encoder))
        try check(avio_open(&context.pointee.pb, path, AVIO_FLAG_WRITE))
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "movflags", "+faststart", 0)
        av_dict_set(&options, "video_track_timescale", "\(timescale)", 0)
        try check(avformat_write_header(context, &options))
    }

    deinit {
        if context.pointee.pb != nil { avio_closep(&context.pointee.pb) }
        avformat_free_context(context)
    }

    /// Writes one encoded picture, without the encoder's self-description.
    func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(MediaError) {
        if !hasInformation {
            hasInformation = true
            try dropInformation(from: packet)
        }
        av_packet_rescale_ts(packet, encoderTimeBase, stream.pointee.time_base)
        packet.pointee.stream_index = stream.pointee.index
        try check(av_interleaved_write_frame(context, packet))
    }

    /// Writes the index and closes the file.
    func close() throws(MediaError) {
        try check(av_write_trailer(context))
        try check(avio_closep(&context.pointee.pb))
    }

    private func check(_ status: Int32) throws(MediaError) {
        guard status < 0 else { return }
        throw MediaError(status: status, message: "\(path): the video file cannot be written")
    }

    /// Cuts the supplemental information (H.264, clause 7.4.1, unit type 6) from the first packet:
    /// x264 writes its version and settings there.
    private func dropInformation(
        from packet: UnsafeMutablePointer<AVPacket>
    ) throws(MediaError) {
        guard let data = packet.pointee.data else { return }
        let bytes = Array(UnsafeBufferPointer(start: data, count: Int(packet.pointee.size)))
        let kept = AnnexB.units(of: bytes).filter { unit in
            unit.first.map { $0 & 0x1F != 6 } ?? false
        }
        let result = kept.reduce(into: [UInt8]()) { $0 += [0, 0, 0, 1] + $1 }
        try check(av_packet_make_writable(packet))
        guard result.count <= bytes.count, let data = packet.pointee.data else { return }
        result.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { data.update(from: base, count: source.count) }
        }
        av_shrink_packet(packet, Int32(result.count))
    }
}

/// H.264 as a stream of bytes: units between start codes (ITU-T H.264, annex B).
enum AnnexB {
    /// The units of a stream in order, without their start codes.
    static func units(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var units: [ArraySlice<UInt8>] = []
        var start: Int?
        var index = 0
        while index + 2 < bytes.count {
            guard bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1 else {
                index += 1
                continue
            }
            if let start { units.append(trimmed(bytes[start..<index])) }
            start = index + 3
            index += 3
        }
        if let start { units.append(bytes[start...]) }
        return units
    }

    private static func trimmed(_ unit: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var unit = unit
        while unit.last == 0 { unit.removeLast() }
        return unit
    }
}
