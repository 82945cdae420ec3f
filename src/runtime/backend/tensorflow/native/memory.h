#pragma once

namespace nasc {

/** Large blocks stay in the process: TensorFlow would give them back and have them cleared again at every step. */
void keep_large_blocks();

/**
 * Drops pages of TensorFlow's libraries that were read while they were loaded (tables of relocations, code that runs once):
 * some 200 MB that count as memory of this process. What is needed again is read again, from the cache of the system.
 */
void drop_loaded_pages();

}  // namespace nasc
