#pragma once

#include <cstdint>

namespace nasc {

/** Floats of a line of the cache. */
constexpr int64_t line_floats = 16;

/** Memory of at least so many lines, one for every thread that asks. It moves when more is asked for than before. */
float* arena(int64_t lines);

}  // namespace nasc
