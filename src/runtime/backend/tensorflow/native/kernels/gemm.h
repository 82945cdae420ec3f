#pragma once

#include <cstdint>
#include <vector>

#include "simd.h"

// Matrix products over row-major matrices whose rows lie `ld` floats apart, panel by panel of columns.

namespace nasc {

/** Some columns of the right-hand side, from `first` on: `vectors` vectors, the last of which holds `last` columns. */
struct Panel {
  int64_t first;
  int vectors, last;

  int64_t width() const { return int64_t{vectors} * lanes; }
};

std::vector<Panel> panels_of(int64_t columns);

/** Floats of k packed rows of so many columns. */
int64_t packed_size(int64_t k, int64_t columns);

/**
 * Packs rows of a panel: to[i, column] = b[i * row_step + column * column_step], zeros behind the last column. The panel
 * of a matrix of k rows lies at `panel.first * k` in the packed matrix.
 */
void pack(const float* b, int64_t row_step, int64_t column_step, int64_t rows, const Panel& panel, float* to);

/** c[m, panel] = a[m, k] b[k, panel] with packed b; `accumulate`: is added to c instead. */
void multiply(const float* a, int64_t lda, const float* b, const Panel& panel, float* c, int64_t ldc, int64_t m,
              int64_t k, bool accumulate);

/** c[k, panel] += a[m, k]^T d[m, panel]; d is not packed. */
void multiply_transposed(const float* a, int64_t lda, const float* d, int64_t ldd, const Panel& panel, float* c,
                         int64_t ldc, int64_t m, int64_t k);

}  // namespace nasc
