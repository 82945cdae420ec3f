#include "../program.h"

#include <memory>

#include "ops.h"

namespace nasc {

static std::vector<std::unique_ptr<Program>>& programs() {
  static thread_local std::vector<std::unique_ptr<Program>> all;
  return all;
}

/** The words of a program, in the bits of a tensor. Gives the number under which it runs. */
static void define_program_op(Call& call) {
  programs().push_back(std::make_unique<Program>(reinterpret_cast<const int32_t*>(call.input(0))));
  *call.output(0, Dims()) = static_cast<float>(programs().size() - 1);
}

/** Settings: the number of a program, and of the segment to run. */
static void run_program_op(Call& call) { programs()[static_cast<size_t>(call.integer(0))]->run(call.integer(1), call); }

/** Settings: the number of a program that runs no more. */
static void forget_program_op(Call& call) { programs()[static_cast<size_t>(call.integer(0))].reset(); }

bool define_program() {
  return define_op<define_program_op>("NascDefine") && define_op<run_program_op>("NascRun") &&
         define_op<forget_program_op>("NascForget");
}

}  // namespace nasc
