#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

// Vectors of float32, as wide as the CPU that is compiled for has them; `+ - * < ? :` are the compiler's own. A product
// and a sum in one expression become one fused multiply-add (-ffp-contract=fast).

namespace nasc {

#if defined(__AVX512F__)
constexpr int lanes = 16;
/** Vector registers that a kernel can hold its sums in. */
constexpr int registers = 32;
#elif defined(__AVX__)
constexpr int lanes = 8;
constexpr int registers = 16;
#elif defined(__aarch64__)
constexpr int lanes = 4;
constexpr int registers = 32;
#else
constexpr int lanes = 4;
constexpr int registers = 16;
#endif

typedef float Vector __attribute__((vector_size(lanes * sizeof(float))));
/** The same in memory, where it need not be aligned. */
typedef float Unaligned __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));

inline Vector splat(float value) { return value - Vector{}; }

inline Vector load(const float* from) { return *reinterpret_cast<const Unaligned*>(from); }

inline void store(float* to, Vector value) { *reinterpret_cast<Unaligned*>(to) = value; }

/** `a > b ? a : b`, so b where one of them is not a number. */
inline Vector max(Vector a, Vector b) {
#if defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_max_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b)));
#elif defined(__AVX__)
  return reinterpret_cast<Vector>(_mm256_max_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b)));
#else
  return a > b ? a : b;
#endif
}

/** `a < b ? a : b`. */
inline Vector min(Vector a, Vector b) {
#if defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_min_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b)));
#elif defined(__AVX__)
  return reinterpret_cast<Vector>(_mm256_min_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b)));
#else
  return a < b ? a : b;
#endif
}

#if defined(__AVX__) && !defined(__AVX512F__)
/** The first `count` lanes are set. */
inline __m256i first_lanes(int count) {
  alignas(32) static const int mask[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(mask + 8 - count));
}
#endif

/** The first `count` (0..lanes) floats, zeros behind them; reads nothing beyond. */
inline Vector load_first(const float* from, int count) {
#if defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), from));
#elif defined(__AVX__)
  return reinterpret_cast<Vector>(_mm256_maskload_ps(from, first_lanes(count)));
#else
  Vector value{};
  for (int i = 0; i < count; i++) value[i] = from[i];
  return value;
#endif
}

/** Writes the first `count` (0..lanes) floats and nothing beyond. */
inline void store_first(float* to, Vector value, int count) {
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1), reinterpret_cast<__m512>(value));
#elif defined(__AVX__)
  _mm256_maskstore_ps(to, first_lanes(count), reinterpret_cast<__m256>(value));
#else
  for (int i = 0; i < count; i++) to[i] = value[i];
#endif
}

/** The sum of all lanes, always in the same order. */
inline float horizontal_sum(Vector value) {
  float sums[lanes];
  store(sums, value);
  for (int width = lanes / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) sums[i] += sums[i + width];
  }
  return sums[0];
}

}  // namespace nasc
