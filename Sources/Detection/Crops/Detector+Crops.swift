public import Imaging
public import Scene

/// One object of a frame, cut out for the learned stage.
public struct Crop: Sendable {
    /// Number of the object.
    public var id: ObjectID
    /// Whether it moves or stands.
    public var mobility: Mobility
    /// Where it is, in shares of the picture.
    public var box: NormalizedBox
    /// What shape and motion make of it.
    public var classification: Classification
    /// What it looks like.
    public var patch: CropPatch
}

extension Detector {
    /// Cuts out everything that is seen in the picture of the last step, to learn from.
    ///
    /// - Parameter picture: the same picture as in the last step.
    /// - Returns: confirmed static objects and reported tracks in order of their numbers, those
    ///   that are hidden left out; nothing while the picture allows no honest decision.
    public func crops(of picture: PictureView) -> [Crop] {
        guard let scene, !scene.isBlind else { return [] }
        let observations = scene.observations(at: scene.moments.last)
        return observations.objects.filter(\.isVisible).map { object in
            Crop(
                id: object.id,
                mobility: object.mobility,
                box: object.box,
                classification: object.classification,
                patch: scene.view(of: object.box, in: picture).patch
            )
        }
    }
}

extension SceneState {
    /// An object as the learned stage sees it in the picture that the scene looks at.
    func view(of box: NormalizedBox, in picture: PictureView) -> CropView {
        let size = (frame.width, frame.height)
        var pixels = (
            x: box.x * Double(size.0), y: box.y * Double(size.1),
            width: box.width * Double(size.0), height: box.height * Double(size.1)
        )
        let learned = PictureRegion(around: pixels, size, margin: CropPatch.margin)
        // Where the camera shakes, the object is seen beside its place.
        pixels.x += Double(alignment.x)
        pixels.y += Double(alignment.y)
        let present = PictureRegion(around: pixels, size, margin: CropPatch.margin)
        return CropView(
            picture: picture,
            box: NormalizedBox(
                x: pixels.x / Double(size.0),
                y: pixels.y / Double(size.1),
                width: box.width,
                height: box.height
            ),
            background: (background.view(isFullRange: picture.isFullRange), tone.present),
            regions: (present, learned)
        )
    }
}
