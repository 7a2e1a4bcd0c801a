# Sourced by every script: leaves the shell in the project's root, and holds what they share.
# shellcheck shell=bash
cd -- "$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)" || exit

# The one build configuration: one set of objects for the products and for the tests.
# shellcheck disable=SC2034  # Used by the scripts that source this file.
build_flags=(
    -c release
    -Xswiftc -enable-testing
    --explicit-target-dependency-import-check error
)

# Prints a command on standard error the way a shell would read it, then runs it.
run() {
    printf '+' >&2
    printf ' %q' "$@" >&2
    printf '\n' >&2
    "$@"
}

# Ends the script with a message on standard error.
fail() {
    printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
    exit 1
}
