// Whole programs of operations, which TensorFlow sees as few: what it costs to call one is worth ten microseconds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "op.h"

namespace nasc {

/**
 * Operations over numbered values, cut into segments between which TensorFlow does operations of its own. Values that it
 * does not see lie in an arena that all programs of a thread share: they last for one run of all segments.
 */
class Program {
 public:
  /**
   * From words, as native-program.ts writes them: the size of the arena in lines of the cache; names, each a length and
   * characters; values, each a line of the arena (or -1), a rank and sizes; segments, each with the values of its inputs
   * and outputs and its steps: a name, inputs, outputs, ints and reals (a double in two words). A count comes before every
   * list. Throws std::runtime_error if an operation is not known.
   */
  explicit Program(const int32_t* words);

  /** The inputs of `call` are the inputs of the segment, its outputs those of the segment. */
  void run(int64_t segment, Call& call);

 private:
  struct Step {
    Compute compute;
    std::vector<int32_t> inputs, outputs;
    Settings settings;
  };
  struct Segment {
    std::vector<int32_t> inputs, outputs;
    std::vector<Step> steps;
  };

  void place();

  int64_t arena_lines_;
  std::vector<int32_t> lines_;
  std::vector<Operand> values_;
  std::vector<Segment> segments_;
  /** Where the arena was when values were placed in it. */
  float* placed_at_ = nullptr;
};

}  // namespace nasc
