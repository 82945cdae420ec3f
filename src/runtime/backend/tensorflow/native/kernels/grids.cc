#include "grids.h"

#include <algorithm>
#include <numeric>

namespace nasc {
namespace {

int64_t ceil_div(int64_t a, int64_t b) { return a >= 0 ? (a + b - 1) / b : -(-a / b); }

/** A single tap has no dilation. */
Window simplest(const Window& window) {
  return {window.kernel, window.stride, window.kernel == 1 ? 1 : window.dilation};
}

void bound(Grid& grid, int64_t size) {
  grid.low = ceil_div(-grid.origin, grid.unit);
  grid.high = std::max(grid.low, ceil_div(size - grid.origin, grid.unit));
}

}  // namespace

std::vector<Grid> forward_grids(int64_t size, int64_t out, const Window& given) {
  const Window window = simplest(given);
  const int common = std::gcd(window.stride, window.dilation);
  const int stride = window.stride / common, spread = window.dilation / common;
  std::vector<Grid> grids;
  // A dilated window without a stride is an undilated one on every spread-th position.
  const int classes = stride == 1 ? spread : 1;
  for (int i = 0; i < classes && i < out; i++) {
    Grid grid{};
    grid.first = i;
    grid.step = classes;
    grid.count = (out - i + classes - 1) / classes;
    grid.origin = int64_t{window.stride} * i - window.padding();
    grid.unit = int64_t{common} * classes;
    grid.stride = stride;
    grid.spread = stride == 1 ? 1 : spread;
    grid.taps = window.kernel;
    grid.tap_step = 1;
    bound(grid, size);
    grids.push_back(grid);
  }
  return grids;
}

std::vector<Grid> backward_grids(int64_t size, int64_t out, const Window& given) {
  const Window window = simplest(given);
  const int common = std::gcd(window.stride, window.dilation);
  const int spread = window.dilation / common, tap_step = window.stride / common;
  std::vector<Grid> grids;
  for (int residue = 0; residue < window.stride && residue < size; residue++) {
    const int64_t from = int64_t{residue} + window.padding();
    int last_tap = -1, taps = 0;
    for (int tap = 0; tap < window.kernel; tap++) {
      if ((from - int64_t{tap} * window.dilation) % window.stride != 0) continue;
      last_tap = tap;
      taps++;
    }
    const int classes = taps == 0 ? 1 : spread;
    const int64_t positions = (size - residue + window.stride - 1) / window.stride;
    for (int i = 0; i < classes && i < positions; i++) {
      Grid grid{};
      grid.first = residue + int64_t{window.stride} * i;
      grid.step = int64_t{window.stride} * classes;
      grid.count = (positions - i + classes - 1) / classes;
      grid.origin = taps == 0 ? 0 : (from - int64_t{last_tap} * window.dilation) / window.stride + i;
      grid.unit = classes;
      grid.stride = grid.spread = 1;
      grid.taps = taps;
      grid.first_tap = last_tap;
      grid.tap_step = -tap_step;
      bound(grid, out);
      grids.push_back(grid);
    }
  }
  return grids;
}

}  // namespace nasc
