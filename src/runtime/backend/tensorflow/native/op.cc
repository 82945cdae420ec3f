#include "op.h"

#include <cstdio>

namespace nasc {

Call::Call(const Settings& settings, TF_OpKernelContext* context)
    : settings_(settings), context_(context), status_(TF_NewStatus()) {
  tensors_.resize(static_cast<size_t>(TF_NumInputs(context)), nullptr);
  for (size_t i = 0; i < tensors_.size(); i++) TF_GetInput(context, static_cast<int>(i), &tensors_[i], status_);
}

Call::~Call() {
  for (TF_Tensor* tensor : tensors_) TF_DeleteTensor(tensor);
  TF_DeleteStatus(status_);
}

Dims Call::dims(int input) const {
  const TF_Tensor* tensor = tensors_[static_cast<size_t>(input)];
  Dims dims;
  dims.rank = TF_NumDims(tensor);
  for (int axis = 0; axis < dims.rank; axis++) dims.size[axis] = TF_Dim(tensor, axis);
  return dims;
}

float* Call::variable(int position) const {
  if (position >= inputs()) return nullptr;
  return static_cast<float*>(TF_TensorData(tensors_[static_cast<size_t>(position)]));
}

const float* Call::input(int position) const { return variable(position); }

std::vector<const float*> Call::inputs_from(int position) const {
  std::vector<const float*> all;
  for (int i = position; i < inputs(); i++) all.push_back(input(i));
  return all;
}

float* Call::output(int position, const Dims& dims) {
  if (position == 0 && settings_.in_place >= 0) {
    TF_Tensor* given = tensors_[static_cast<size_t>(settings_.in_place)];
    TF_SetOutput(context_, 0, given, status_);
    return static_cast<float*>(TF_TensorData(given));
  }
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
  int32_t in_place = -1;
  TF_OpKernelConstruction_GetAttrInt32(construction, "in_place", &in_place, status);
  settings->in_place = in_place;
  TF_DeleteStatus(status);
  return settings;
}

void destroy(void* settings) { delete static_cast<Settings*>(settings); }

bool accepted(const char* name, const TF_Status* status) {
  if (TF_GetCode(status) == TF_OK) return true;
  std::fprintf(stderr, "nasc: TensorFlow does not take %s: %s\n", name, TF_Message(status));
  return false;
}

}  // namespace

namespace detail {

bool register_op(const char* name, void (*compute)(void* settings, TF_OpKernelContext*)) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  TF_OpDefinitionBuilderAddInput(definition, "x: n * float");
  TF_OpDefinitionBuilderAddOutput(definition, "y: m * float");
  for (const char* attribute : {"n: int >= 0", "m: int >= 0", "ints: list(int) = []", "reals: list(float) = []",
                                "in_place: int = -1"}) {
    TF_OpDefinitionBuilderAddAttr(definition, attribute);
  }
  TF_RegisterOpDefinition(definition, status);
  bool fine = accepted(name, status);
  if (fine) {
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create, compute, destroy), status);
    fine = accepted(name, status);
  }
  TF_DeleteStatus(status);
  return fine;
}

void run(const Settings& settings, TF_OpKernelContext* context, void (*compute)(Call&)) {
  Call call(settings, context);
  try {
    compute(call);
  } catch (const Refused&) {
    // TensorFlow has been told.
  }
}

}  // namespace detail
}  // namespace nasc
