// Products of dense matrices, and what linear layers need beside.
#pragma once

#include <cstdint>

namespace nasc {

/** The size of a product: [rows, inner] times [inner, columns]. A transposed operand is stored the other way round. */
struct Product {
  int64_t rows, inner, columns;
  bool transpose_a, transpose_b;
};

/** y = a b */
void matmul(const float* a, const float* b, float* y, const Product& product);

/** y = x + bias, for every row; y may be x. */
void bias_add(const float* x, const float* bias, float* y, int64_t rows, int64_t columns);

/** The sum of all rows. */
void sum_of_rows(const float* x, float* y, int64_t rows, int64_t columns);

}  // namespace nasc
