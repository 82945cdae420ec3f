#include "memory.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

namespace nasc {

void keep_large_blocks() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

namespace {

/** A mapping of a file of TensorFlow into this process that cannot be written to. */
struct Mapping {
  uintptr_t begin = 0, end = 0;
  bool droppable = false;
  bool changed = false;
};

/** The first line of a mapping in /proc/self/smaps; false if it is another line. */
bool begins(const char* line, Mapping& mapping) {
  unsigned long begin = 0, end = 0;
  char permissions[5] = {};
  if (std::sscanf(line, "%lx-%lx %4s", &begin, &end, permissions) != 3) return false;
  const bool fixed = permissions[0] == 'r' && permissions[1] == '-' && permissions[3] == 'p';
  mapping = {begin, end, fixed && std::strstr(line, "libtensorflow") != nullptr, false};
  return true;
}

/** Only pages that are still those of the file: others hold what the loader has written. */
void drop(const Mapping& mapping) {
  if (!mapping.droppable || mapping.changed) return;
  madvise(reinterpret_cast<void*>(mapping.begin), mapping.end - mapping.begin, MADV_DONTNEED);
}

}  // namespace

void drop_loaded_pages() {
  std::FILE* file = std::fopen("/proc/self/smaps", "r");
  if (file == nullptr) return;
  char line[4352];
  Mapping mapping;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    const Mapping before = mapping;
    if (begins(line, mapping)) {
      drop(before);
      continue;
    }
    unsigned long kilobytes = 0;
    const bool written = std::sscanf(line, "Anonymous: %lu", &kilobytes) == 1 ||
                         std::sscanf(line, "Private_Dirty: %lu", &kilobytes) == 1;
    if (written && kilobytes > 0) mapping.changed = true;
  }
  drop(mapping);
  std::fclose(file);
}

}  // namespace nasc
