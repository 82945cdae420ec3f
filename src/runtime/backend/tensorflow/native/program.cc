#include "program.h"

#include <cstring>
#include <stdexcept>

#include "arena.h"

namespace nasc {
namespace {

class Reader {
 public:
  explicit Reader(const int32_t* words) : at_(words) {}

  int32_t word() { return *at_++; }

  std::vector<int32_t> list() {
    const int32_t count = word();
    const std::vector<int32_t> list(at_, at_ + count);
    at_ += count;
    return list;
  }

  std::string text() {
    const std::vector<int32_t> characters = list();
    return std::string(characters.begin(), characters.end());
  }

  double real() {
    double value;
    std::memcpy(&value, at_, sizeof value);
    at_ += 2;
    return value;
  }

 private:
  const int32_t* at_;
};

}  // namespace

Program::Program(const int32_t* words) {
  Reader read(words);
  arena_lines_ = read.word();
  std::vector<Compute> operations;
  for (int32_t left = read.word(); left > 0; left--) {
    const std::string name = read.text();
    operations.push_back(find_op(name));
    if (operations.back() == nullptr) throw std::runtime_error("there is no operation " + name);
  }
  for (int32_t left = read.word(); left > 0; left--) {
    lines_.push_back(read.word());
    const std::vector<int32_t> sizes = read.list();
    Operand value;
    for (const int32_t size : sizes) value.dims.size[value.dims.rank++] = size;
    values_.push_back(value);
  }
  for (int32_t left = read.word(); left > 0; left--) {
    Segment segment;
    segment.inputs = read.list();
    segment.outputs = read.list();
    for (int32_t steps = read.word(); steps > 0; steps--) {
      Step step;
      step.compute = operations[static_cast<size_t>(read.word())];
      step.inputs = read.list();
      step.outputs = read.list();
      const std::vector<int32_t> ints = read.list();
      step.settings.ints.assign(ints.begin(), ints.end());
      for (int32_t reals = read.word(); reals > 0; reals--) step.settings.reals.push_back(read.real());
      segment.steps.push_back(step);
    }
    segments_.push_back(segment);
  }
}

void Program::place() {
  float* const base = arena(arena_lines_);
  if (base == placed_at_) return;
  placed_at_ = base;
  for (size_t id = 0; id < values_.size(); id++) {
    if (lines_[id] >= 0) values_[id].data = base + lines_[id] * line_floats;
  }
}

void Program::run(int64_t segment, Call& call) {
  place();
  const Segment& work = segments_[static_cast<size_t>(segment)];
  const auto value = [this](int32_t id) -> Operand& { return values_[static_cast<size_t>(id)]; };
  for (size_t i = 0; i < work.inputs.size(); i++) value(work.inputs[i]).data = call.variable(static_cast<int>(i));
  for (size_t i = 0; i < work.outputs.size(); i++) {
    Operand& output = value(work.outputs[i]);
    output.data = call.output(static_cast<int>(i), output.dims);
  }
  struct Outputs {
    std::vector<Operand>& values;
    const Step* step;
  } outputs{values_, nullptr};
  const auto output = [](void* owner, int position, const Dims&) {
    const Outputs& outputs = *static_cast<const Outputs*>(owner);
    return outputs.values[static_cast<size_t>(outputs.step->outputs[static_cast<size_t>(position)])].data;
  };
  std::vector<Operand> operands;
  for (const Step& step : work.steps) {
    operands.clear();
    for (const int32_t id : step.inputs) operands.push_back(value(id));
    outputs.step = &step;
    Call one(step.settings, operands, output, &outputs);
    step.compute(one);
  }
}

}  // namespace nasc
