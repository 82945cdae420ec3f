#include "gemm.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nasc {
namespace {

constexpr int max_vectors = 3;

/** Rows of a tile of sums that fits the registers beside its operands. */
constexpr int tile_rows(int vectors) {
  if (registers >= 32) return vectors == 1 ? 16 : vectors == 2 ? 12 : 8;
  return vectors == 1 ? 12 : vectors == 2 ? 6 : 4;
}

template <int Vectors>
Vector load_column(const float* from, int vector, int last) {
  return vector + 1 < Vectors ? load(from + vector * lanes) : load_first(from + vector * lanes, last);
}

template <int Vectors>
void store_column(float* to, int vector, int last, Vector value) {
  if (vector + 1 < Vectors || last == lanes) {
    store(to + vector * lanes, value);
  } else {
    store_first(to + vector * lanes, value, last);
  }
}

using RowsTile = void (*)(const float* a, int64_t lda, const float* b, float* c, int64_t ldc, int64_t k, int last,
                          bool accumulate);

/** c[Rows, panel] = a[Rows, k] b[k, panel]. */
template <int Rows, int Vectors>
void rows_tile(const float* a, int64_t lda, const float* b, float* c, int64_t ldc, int64_t k, int last,
               bool accumulate) {
  Vector sums[Rows][Vectors] = {};
  // One address for three rows: the others are reached by a scaled step.
  constexpr int bases = (Rows + 2) / 3;
  const float* base[bases];
#pragma GCC unroll 8
  for (int i = 0; i < bases; i++) base[i] = a + 3 * i * lda;
  for (int64_t i = 0; i < k; i++) {
    Vector right[Vectors];
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; v++) right[v] = load(b + v * lanes);
#pragma GCC unroll 16
    for (int row = 0; row < Rows; row++) {
      const Vector left = splat(base[row / 3][row % 3 * lda]);
#pragma GCC unroll 4
      for (int v = 0; v < Vectors; v++) sums[row][v] += left * right[v];
    }
    b += Vectors * lanes;
#pragma GCC unroll 8
    for (int j = 0; j < bases; j++) {
      base[j]++;
      // Else the compiler turns them back into one address per row.
      asm("" : "+r"(base[j]));
    }
  }
#pragma GCC unroll 16
  for (int row = 0; row < Rows; row++) {
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; v++) {
      Vector sum = sums[row][v];
      if (accumulate) sum += load_column<Vectors>(c, v, last);
      store_column<Vectors>(c, v, last, sum);
    }
    c += ldc;
  }
}

using OuterTile = void (*)(const float* a, int64_t lda, const float* d, int64_t ldd, float* c, int64_t ldc, int64_t m,
                           int last);

/** c[Rows, panel] += the sum of m outer products of a row of a and a row of d. */
template <int Rows, int Vectors>
void outer_tile(const float* a, int64_t lda, const float* d, int64_t ldd, float* c, int64_t ldc, int64_t m, int last) {
  Vector sums[Rows][Vectors] = {};
  for (int64_t i = 0; i < m; i++) {
    Vector right[Vectors];
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; v++) right[v] = load_column<Vectors>(d, v, last);
#pragma GCC unroll 16
    for (int row = 0; row < Rows; row++) {
      const Vector left = splat(a[row]);
#pragma GCC unroll 4
      for (int v = 0; v < Vectors; v++) sums[row][v] += left * right[v];
    }
    a += lda;
    d += ldd;
  }
#pragma GCC unroll 16
  for (int row = 0; row < Rows; row++) {
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; v++) {
      store_column<Vectors>(c, v, last, load_column<Vectors>(c, v, last) + sums[row][v]);
    }
    c += ldc;
  }
}

template <int Vectors, int... Index>
constexpr auto rows_tiles(std::integer_sequence<int, Index...>) {
  return std::array<RowsTile, sizeof...(Index)>{rows_tile<Index + 1, Vectors>...};
}

template <int Vectors, int... Index>
constexpr auto outer_tiles(std::integer_sequence<int, Index...>) {
  return std::array<OuterTile, sizeof...(Index)>{outer_tile<Index + 1, Vectors>...};
}

/** Calls `tile(first, rows)` for as few tiles as cover `count` rows, all of about the same height. */
template <typename Tile>
void in_tiles(int64_t count, int highest, Tile&& tile) {
  for (int64_t left = (count + highest - 1) / highest, first = 0; left > 0; left--) {
    const int64_t rows = (count - first + left - 1) / left;
    tile(first, static_cast<int>(rows));
    first += rows;
  }
}

template <int Vectors>
void multiply_rows(const float* a, int64_t lda, const float* b, int last, float* c, int64_t ldc, int64_t m, int64_t k,
                   bool accumulate) {
  constexpr int highest = tile_rows(Vectors);
  static constexpr auto tiles = rows_tiles<Vectors>(std::make_integer_sequence<int, highest>());
  in_tiles(m, highest, [&](int64_t first, int rows) {
    tiles[rows - 1](a + first * lda, lda, b, c + first * ldc, ldc, k, last, accumulate);
  });
}

template <int Vectors>
void multiply_outer(const float* a, int64_t lda, const float* d, int64_t ldd, int last, float* c, int64_t ldc,
                    int64_t m, int64_t k) {
  constexpr int highest = tile_rows(Vectors);
  static constexpr auto tiles = outer_tiles<Vectors>(std::make_integer_sequence<int, highest>());
  in_tiles(k, highest,
           [&](int64_t first, int rows) { tiles[rows - 1](a + first, lda, d, ldd, c + first * ldc, ldc, m, last); });
}

}  // namespace

std::vector<Panel> panels_of(int64_t columns) {
  std::vector<Panel> panels;
  int64_t first = 0;
  for (int64_t left = (columns + lanes - 1) / lanes; left > 0;) {
    const int vectors = static_cast<int>(left == max_vectors + 1 ? 2 : std::min<int64_t>(left, max_vectors));
    left -= vectors;
    const int64_t end = first + int64_t{vectors} * lanes;
    panels.push_back({first, vectors, end <= columns ? lanes : static_cast<int>(columns - (end - lanes))});
    first = end;
  }
  return panels;
}

int64_t packed_size(int64_t k, int64_t columns) { return k * ((columns + lanes - 1) / lanes * lanes); }

void pack(const float* b, int64_t row_step, int64_t column_step, int64_t rows, const Panel& panel, float* to) {
  const int64_t width = panel.width();
  const int64_t columns = width - lanes + panel.last;
  b += panel.first * column_step;
  if (column_step == 1) {
    for (int64_t i = 0; i < rows; i++) {
      float* row = to + i * width;
      std::fill(std::copy_n(b + i * row_step, columns, row), row + width, 0.0f);
    }
    return;
  }
  for (int64_t column = 0; column < width; column++) {
    for (int64_t i = 0; i < rows; i++) {
      to[i * width + column] = column < columns ? b[i * row_step + column * column_step] : 0.0f;
    }
  }
}

void multiply(const float* a, int64_t lda, const float* b, const Panel& panel, float* c, int64_t ldc, int64_t m,
              int64_t k, bool accumulate) {
  c += panel.first;
  switch (panel.vectors) {
    case 1: return multiply_rows<1>(a, lda, b, panel.last, c, ldc, m, k, accumulate);
    case 2: return multiply_rows<2>(a, lda, b, panel.last, c, ldc, m, k, accumulate);
    case 3: return multiply_rows<3>(a, lda, b, panel.last, c, ldc, m, k, accumulate);
  }
}

void multiply_transposed(const float* a, int64_t lda, const float* d, int64_t ldd, const Panel& panel, float* c,
                         int64_t ldc, int64_t m, int64_t k) {
  c += panel.first;
  d += panel.first;
  switch (panel.vectors) {
    case 1: return multiply_outer<1>(a, lda, d, ldd, panel.last, c, ldc, m, k);
    case 2: return multiply_outer<2>(a, lda, d, ldd, panel.last, c, ldc, m, k);
    case 3: return multiply_outer<3>(a, lda, d, ldd, panel.last, c, ldc, m, k);
  }
}

}  // namespace nasc
