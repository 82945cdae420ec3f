#pragma once

#include <cstdint>

namespace nasc {

/** Number of threads that share work: what TF_NUM_INTRAOP_THREADS said when it was first asked, else one per core. */
int thread_count();

/** Runs `body(context, block)` for every block 0..blocks-1, on any thread, in any order; returns when all are done. */
void run_blocks(int64_t blocks, void (*body)(void* context, int64_t block), void* context);

/**
 * Calls `body(begin, end)` for the blocks of `grain` that `count` is cut into (the last one may be shorter). The cut
 * depends on `count` and `grain` alone: a body whose result for a block depends on nothing else, and partial sums added
 * in the order of their blocks (begin / grain), give the same bits with any number of threads. A body must not throw.
 */
template <typename Body>
void parallel_for(int64_t count, int64_t grain, Body&& body) {
  if (count <= 0) return;
  if (grain < 1) grain = 1;
  struct Context {
    Body& body;
    int64_t count, grain;
  } context{body, count, grain};
  run_blocks(
      (count + grain - 1) / grain,
      [](void* pointer, int64_t block) {
        Context& context = *static_cast<Context*>(pointer);
        const int64_t begin = block * context.grain;
        const int64_t end = begin + context.grain;
        context.body(begin, end < context.count ? end : context.count);
      },
      &context);
}

}  // namespace nasc
