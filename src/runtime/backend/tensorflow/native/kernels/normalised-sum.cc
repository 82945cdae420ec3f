#include "normalised-sum.h"

#include "blocks.h"
#include "channels.h"

namespace nasc {
namespace {

/** Rows that share the factors of their terms while these are in registers. */
constexpr int together = 4;

/** One vector of channels of some rows: all terms are added up before y is written, which may be one of them. */
template <int Rows>
void sum_of_rows(const std::vector<Term>& terms, const float* factors, const float* offsets, float* y, int64_t at,
                 int64_t channels, int64_t from, int count) {
  Vector sums[Rows];
  for (int row = 0; row < Rows; row++) sums[row] = load_first(offsets + from, count);
  for (const Term& term : terms) {
    const Vector factor = load_first(factors + from, count);
    for (int row = 0; row < Rows; row++) sums[row] += factor * load_first(term.x + at + row * channels, count);
    factors += channels;
  }
  for (int row = 0; row < Rows; row++) store_first(y + at + row * channels, sums[row], count);
}

}  // namespace

void normalised_sum(const std::vector<Term>& terms, float* y, int64_t rows, int64_t channels) {
  std::vector<float> factors, offsets(channels);
  for (const Term& term : terms) {
    for (int64_t channel = 0; channel < channels; channel++) {
      const float factor = term.inverse == nullptr ? term.weight : term.weight * term.inverse[channel];
      factors.push_back(factor);
      if (term.mean != nullptr) offsets[channel] -= factor * term.mean[channel];
    }
  }
  for_rows(rows, 2 * channels, [&](int64_t begin, int64_t end) {
    for_channels(channels, [&](int64_t from, int count) {
      int64_t row = begin;
      for (; row + together <= end; row += together) {
        sum_of_rows<together>(terms, factors.data(), offsets.data(), y, row * channels + from, channels, from, count);
      }
      for (; row < end; row++) {
        sum_of_rows<1>(terms, factors.data(), offsets.data(), y, row * channels + from, channels, from, count);
      }
    });
  });
}

}  // namespace nasc
