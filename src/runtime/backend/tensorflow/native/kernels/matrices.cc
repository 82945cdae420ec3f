#include "matrices.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "blocks.h"
#include "channels.h"
#include "gemm.h"

namespace nasc {

namespace {

/** Multiply-accumulates that are worth a block of their own. */
constexpr int64_t block_work = 131072;

/** y = a^T b, both as they lie: sums of outer products. */
void outer_products(const float* a, const float* b, float* y, const Product& product) {
  const int64_t rows = product.rows, inner = product.inner, columns = product.columns;
  const std::vector<Panel> panels = panels_of(columns);
  parallel_for(rows, std::max<int64_t>(1, block_work / (inner * columns)), [&](int64_t begin, int64_t end) {
    std::fill(y + begin * columns, y + end * columns, 0.0f);
    for (const Panel& panel : panels) {
      multiply_transposed(a + begin, rows, b, columns, panel, y + begin * columns, columns, inner, end - begin);
    }
  });
}

}  // namespace

void matmul(const float* a, const float* b, float* y, const Product& product) {
  const int64_t rows = product.rows, inner = product.inner, columns = product.columns;
  if (product.transpose_a && !product.transpose_b) return outer_products(a, b, y, product);
  std::vector<float> turned;
  if (product.transpose_a) {
    turned.resize(static_cast<size_t>(rows * inner));
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t i = 0; i < inner; i++) turned[static_cast<size_t>(row * inner + i)] = a[i * rows + row];
    }
    a = turned.data();
  }
  const std::vector<Panel> panels = panels_of(columns);
  std::vector<float> packed(static_cast<size_t>(packed_size(inner, columns)));
  const int64_t row_step = product.transpose_b ? 1 : columns, column_step = product.transpose_b ? inner : 1;
  parallel_for(static_cast<int64_t>(panels.size()), std::max<int64_t>(1, block_floats / (inner * lanes)),
               [&](int64_t begin, int64_t end) {
                 for (int64_t i = begin; i < end; i++) {
                   const Panel& panel = panels[static_cast<size_t>(i)];
                   pack(b, row_step, column_step, inner, panel, packed.data() + panel.first * inner);
                 }
               });
  parallel_for(rows, std::max<int64_t>(1, block_work / (inner * columns)), [&](int64_t begin, int64_t end) {
    for (const Panel& panel : panels) {
      multiply(a + begin * inner, inner, packed.data() + panel.first * inner, panel, y + begin * columns, columns,
               end - begin, inner, false);
    }
  });
}

void bias_add(const float* x, const float* bias, float* y, int64_t rows, int64_t columns) {
  for_rows(rows, columns, [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* from = x + row * columns;
      float* to = y + row * columns;
      NASC_SAME_PLACE
      for (int64_t i = 0; i < columns; i++) to[i] = from[i] + bias[i];
    }
  });
}

void sum_of_rows(const float* x, float* y, int64_t rows, int64_t columns) {
  const std::vector<double> sums =
      sum_blocks(rows, rows_per_block(columns), columns, [=](int64_t begin, int64_t end, float* to) {
        for_channels(columns, [&](int64_t from, int count) {
          const float* first = x + begin * columns + from;
          const Vector sum = sum_rows(end - begin, [&](int64_t row) { return load_first(first + row * columns, count); });
          store_first(to + from, sum, count);
        });
      });
  for (int64_t i = 0; i < columns; i++) y[i] = static_cast<float>(sums[static_cast<size_t>(i)]);
}

}  // namespace nasc
