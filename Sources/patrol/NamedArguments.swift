public import ArgumentParser
public import Console
public import Evaluation
public import Scene

extension Role: ExpressibleByArgument {}

extension Disturbance: ExpressibleByArgument {}

extension ZoneKind: ExpressibleByArgument {}
