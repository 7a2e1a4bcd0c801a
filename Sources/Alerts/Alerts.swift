/// Placeholder until the first type lands.
import GRDB
