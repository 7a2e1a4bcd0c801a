internal import Glibc

/// Processor time that the calling thread has used.
package enum ThreadClock {
    /// Seconds of user and system time since the thread began.
    package static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
