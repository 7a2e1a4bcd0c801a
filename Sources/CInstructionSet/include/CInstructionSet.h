#pragma once

/// How much of x86-64's vector instructions processor and operating system support together:
/// 0 for SSE2 alone, 1 with AVX2 and FMA, 2 with AVX-512 F, BW, CD, DQ and VL as well.
int instruction_set_level(void);
