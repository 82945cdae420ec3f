#include "../kernels/resampling.h"

#include "../op.h"
#include "ops.h"

namespace nasc {

/** Settings: taps and places of the rows and of the columns, then indices of the rows and of the columns; their weights. */
static void resample_op(Call& call) {
  const Dims x = call.dims(0);
  const int64_t row_taps = call.integer(0), rows = call.integer(1), column_taps = call.integer(2);
  const int64_t columns = call.integer(3), entries = rows * row_taps;
  const int64_t* indices = call.integers().data() + 4;
  const double* weights = call.reals().data();
  resample(call.input(0), call.output(0, map_of(x[0], rows, columns, x[3])), x[0], x[1], x[2], x[3],
           {row_taps, rows, indices, weights}, {column_taps, columns, indices + entries, weights + entries});
}

bool define_resampling() { return define_op<resample_op>("NascResample"); }

}  // namespace nasc
