#include "arena.h"

#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace nasc {
namespace {

/** Pages of this size are faulted in a few hundred at a time instead of hundreds of thousands. */
constexpr size_t huge_page = size_t{1} << 21;

struct Block {
  float* data = nullptr;
  int64_t lines = 0;

  ~Block() { std::free(data); }
};

}  // namespace

float* arena(int64_t lines) {
  static thread_local Block block;
  if (lines <= block.lines) return block.data;
  std::free(block.data);
  block = {nullptr, 0};
  const size_t bytes = (static_cast<size_t>(lines) * line_floats * sizeof(float) + huge_page - 1) / huge_page * huge_page;
  void* const data = std::aligned_alloc(huge_page, bytes);
  if (data == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  madvise(data, bytes, MADV_HUGEPAGE);
#endif
  block.data = static_cast<float*>(data);
  block.lines = lines;
  return block.data;
}

}  // namespace nasc
