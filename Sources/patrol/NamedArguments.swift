public import ArgumentParser
public import Evaluation
public import Scene

extension Disturbance: ExpressibleByArgument {}

extension ZoneKind: ExpressibleByArgument {}
