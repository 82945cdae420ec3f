#include "../kernels/matrices.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

/** Settings: whether a and b are transposed. Of batches of matrices every pair is multiplied. */
static void matmul_op(Call& call) {
  const Dims a = call.dims(0), b = call.dims(1);
  const bool transpose_a = call.integer(0) == 1, transpose_b = call.integer(1) == 1;
  const int row = a.rank - 2, column = a.rank - 1;
  const Product product = {a[transpose_a ? column : row], a[transpose_a ? row : column],
                           b[transpose_b ? row : column], transpose_a, transpose_b};
  const int64_t batch = a.rank == 3 ? a[0] : 1;
  Dims y = a;
  y.size[row] = product.rows;
  y.size[column] = product.columns;
  float* to = call.output(0, y);
  for (int64_t i = 0; i < batch; i++) {
    matmul(call.input(0) + i * product.rows * product.inner, call.input(1) + i * product.inner * product.columns,
           to + i * product.rows * product.columns, product);
  }
}

static void bias_add_op(Call& call) {
  const Dims x = call.dims(0);
  bias_add(call.input(0), call.input(1), call.output(0, x), x.count() / x.last(), x.last());
}

static void sum_rows_op(Call& call) {
  const Dims x = call.dims(0);
  sum_of_rows(call.input(0), call.output(0, vector_of(x.last())), x.count() / x.last(), x.last());
}

bool define_matrices() {
  return define_op<matmul_op>("NascMatmul") && define_op<bias_add_op>("NascBiasAdd") &&
         define_op<sum_rows_op>("NascSumRows");
}

}  // namespace nasc
