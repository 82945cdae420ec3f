#include "op.h"

#include <cstdio>
#include <exception>
#include <unordered_map>

namespace nasc {

std::vector<const float*> Call::inputs_from(int position) const {
  std::vector<const float*> all;
  for (int i = position; i < inputs(); i++) all.push_back(input(i));
  return all;
}

namespace {

std::vector<int64_t> ints_of(TF_OpKernelConstruction* construction, TF_Status* status) {
  int32_t count = 0, total = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, "ints", &count, &total, status);
  std::vector<int64_t> values(static_cast<size_t>(count > 0 ? count : 0));
  if (!values.empty()) {
    TF_OpKernelConstruction_GetAttrInt64List(construction, "ints", values.data(), count, status);
  }
  return values;
}

std::vector<double> reals_of(TF_OpKernelConstruction* construction, TF_Status* status) {
  int32_t count = 0, total = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, "reals", &count, &total, status);
  std::vector<float> halves(static_cast<size_t>(count > 0 ? count : 0));
  if (!halves.empty()) {
    TF_OpKernelConstruction_GetAttrFloatList(construction, "reals", halves.data(), count, status);
  }
  std::vector<double> values;
  for (size_t i = 0; i + 1 < halves.size(); i += 2) {
    values.push_back(static_cast<double>(halves[i]) + static_cast<double>(halves[i + 1]));
  }
  return values;
}

void* create(TF_OpKernelConstruction* construction) {
  TF_Status* status = TF_NewStatus();
  auto* settings = new Settings();
  settings->ints = ints_of(construction, status);
  settings->reals = reals_of(construction, status);
  TF_DeleteStatus(status);
  return settings;
}

void destroy(void* settings) { delete static_cast<Settings*>(settings); }

bool accepted(const char* name, const TF_Status* status) {
  if (TF_GetCode(status) == TF_OK) return true;
  std::fprintf(stderr, "nasc: TensorFlow does not take %s: %s\n", name, TF_Message(status));
  return false;
}

std::unordered_map<std::string, Compute>& known_ops() {
  static std::unordered_map<std::string, Compute> known;
  return known;
}

/** The tensors of a run that TensorFlow asks for. */
class Tensors {
 public:
  explicit Tensors(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {
    tensors_.resize(static_cast<size_t>(TF_NumInputs(context)), nullptr);
    for (size_t i = 0; i < tensors_.size(); i++) TF_GetInput(context, static_cast<int>(i), &tensors_[i], status_);
  }

  ~Tensors() {
    for (TF_Tensor* tensor : tensors_) TF_DeleteTensor(tensor);
    TF_DeleteStatus(status_);
  }

  Tensors(const Tensors&) = delete;
  Tensors& operator=(const Tensors&) = delete;

  std::vector<Operand> operands() const {
    std::vector<Operand> operands(tensors_.size());
    for (size_t i = 0; i < tensors_.size(); i++) {
      Dims& dims = operands[i].dims;
      dims.rank = TF_NumDims(tensors_[i]);
      for (int axis = 0; axis < dims.rank; axis++) dims.size[axis] = TF_Dim(tensors_[i], axis);
      operands[i].data = static_cast<float*>(TF_TensorData(tensors_[i]));
    }
    return operands;
  }

  float* output(int position, const Dims& dims) {
    const size_t bytes = static_cast<size_t>(dims.count()) * sizeof(float);
    TF_Tensor* made = TF_AllocateOutput(context_, position, TF_FLOAT, dims.size, dims.rank, bytes, status_);
    if (TF_GetCode(status_) != TF_OK) {
      TF_OpKernelContext_Failure(context_, status_);
      throw Refused();
    }
    auto* data = static_cast<float*>(TF_TensorData(made));
    TF_DeleteTensor(made);
    return data;
  }

  void fail(const char* why) {
    TF_SetStatus(status_, TF_INTERNAL, why);
    TF_OpKernelContext_Failure(context_, status_);
  }

 private:
  TF_OpKernelContext* context_;
  TF_Status* status_;
  std::vector<TF_Tensor*> tensors_;
};

}  // namespace

Compute find_op(const std::string& name) {
  const auto found = known_ops().find(name);
  return found == known_ops().end() ? nullptr : found->second;
}

namespace detail {

bool register_op(const char* name, Compute compute, void (*kernel)(void* settings, TF_OpKernelContext*)) {
  known_ops()[name] = compute;
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  TF_OpDefinitionBuilderAddInput(definition, "x: n * float");
  TF_OpDefinitionBuilderAddOutput(definition, "y: m * float");
  for (const char* attribute : {"n: int >= 0", "m: int >= 0", "ints: list(int) = []", "reals: list(float) = []"}) {
    TF_OpDefinitionBuilderAddAttr(definition, attribute);
  }
  TF_RegisterOpDefinition(definition, status);
  bool fine = accepted(name, status);
  if (fine) {
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create, kernel, destroy), status);
    fine = accepted(name, status);
  }
  TF_DeleteStatus(status);
  return fine;
}

void run(const Settings& settings, TF_OpKernelContext* context, Compute compute) {
  Tensors tensors(context);
  const std::vector<Operand> operands = tensors.operands();
  const auto output = [](void* owner, int position, const Dims& dims) {
    return static_cast<Tensors*>(owner)->output(position, dims);
  };
  Call call(settings, operands, output, &tensors);
  try {
    compute(call);
  } catch (const Refused&) {
    // TensorFlow has been told.
  } catch (const std::exception& error) {
    tensors.fail(error.what());
  }
}

}  // namespace detail
}  // namespace nasc
