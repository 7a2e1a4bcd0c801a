#include "CInstructionSet.h"

int instruction_set_level(void) {
#if defined(__x86_64__)
    // These look at CPUID and, by XGETBV, at whether the system saves the wide registers.
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        return 0;
    }
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw")
        || !__builtin_cpu_supports("avx512cd") || !__builtin_cpu_supports("avx512dq")
        || !__builtin_cpu_supports("avx512vl")) {
        return 1;
    }
    return 2;
#else
    return 0;
#endif
}
