// How operations of ours become operations of TensorFlow.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tensorflow-c.h"

namespace nasc {

/** The shape of a tensor. */
struct Dims {
  int rank = 0;
  int64_t size[8] = {};

  int64_t operator[](int axis) const { return size[axis]; }
  int64_t count() const {
    int64_t product = 1;
    for (int axis = 0; axis < rank; axis++) product *= size[axis];
    return product;
  }
  /** Length of the last axis, the channels; 1 for a scalar. */
  int64_t last() const { return rank == 0 ? 1 : size[rank - 1]; }
};

inline Dims vector_of(int64_t size) { return {1, {size}}; }
inline Dims map_of(int64_t batch, int64_t height, int64_t width, int64_t channels) {
  return {4, {batch, height, width, channels}};
}

/** What an operation is given beside tensors, in the order in which its TypeScript side lists it. */
struct Settings {
  std::vector<int64_t> ints;
  std::vector<double> reals;
};

/** A tensor of float32 that an operation is given. */
struct Operand {
  Dims dims;
  float* data = nullptr;
};

/** One run of an operation: its inputs, and outputs to be made. */
class Call {
 public:
  /** Gives the memory of an output: `owner` is passed through. */
  using Output = float* (*)(void* owner, int position, const Dims& dims);

  Call(const Settings& settings, const std::vector<Operand>& operands, Output output, void* owner)
      : settings_(settings), operands_(operands), output_(output), owner_(owner) {}

  int inputs() const { return static_cast<int>(operands_.size()); }
  const Dims& dims(int input) const { return operands_[static_cast<size_t>(input)].dims; }
  /** An input that the operation updates: a variable. */
  float* variable(int position) const {
    return position < inputs() ? operands_[static_cast<size_t>(position)].data : nullptr;
  }
  /** Null if there is no such input. */
  const float* input(int position) const { return variable(position); }
  /** All inputs from a position on. */
  std::vector<const float*> inputs_from(int position) const;

  int64_t integer(int position) const { return settings_.ints[static_cast<size_t>(position)]; }
  double real(int position) const { return settings_.reals[static_cast<size_t>(position)]; }
  const std::vector<int64_t>& integers() const { return settings_.ints; }
  const std::vector<double>& reals() const { return settings_.reals; }

  /** Memory of an output. The first may be that of an input that dies here: see `inPlace` in native-table.ts. */
  float* output(int position, const Dims& dims) { return output_(owner_, position, dims); }

 private:
  const Settings& settings_;
  const std::vector<Operand>& operands_;
  Output output_;
  void* owner_;
};

using Compute = void (*)(Call&);

/** What an output throws for which there is no memory; TensorFlow gets it as the failure of the operation. */
struct Refused {};

/** The operation of a name; null if there is none. */
Compute find_op(const std::string& name);

namespace detail {
bool register_op(const char* name, Compute compute, void (*kernel)(void* settings, TF_OpKernelContext*));
void run(const Settings& settings, TF_OpKernelContext* context, Compute compute);
}  // namespace detail

/**
 * Registers an operation `name` with TensorFlow: any number of inputs `x` and outputs `y` of float32, and the attributes
 * `n` and `m` (how many), `ints` and `reals` (each as two numbers whose sum it is, for the digits of a double).
 * Gives false and prints why if TensorFlow does not want it.
 */
template <Compute compute>
bool define_op(const char* name) {
  return detail::register_op(name, compute, [](void* settings, TF_OpKernelContext* context) {
    detail::run(*static_cast<const Settings*>(settings), context, compute);
  });
}

}  // namespace nasc
