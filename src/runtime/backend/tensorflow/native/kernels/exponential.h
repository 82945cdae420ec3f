// The exponential function and what is made of it, to the last bit or two of float32, in a form that compilers turn into
// vector instructions.
#pragma once

#include <cstdint>
#include <cstring>

namespace nasc {

/** e^x: 2^n times a polynomial over a remainder within +-ln(2) / 2 (Cody and Waite's reduction; Taylor to the 7th power). */
inline float exponential(float x) {
  const float clipped = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
  // Rounds to the nearest whole number: adding 1.5 * 2^23 leaves no digits behind the point.
  const float shifted = clipped * 1.44269504f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (clipped - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.98412698e-4f;
  p = p * r + 1.38888889e-3f;
  p = p * r + 8.33333333e-3f;
  p = p * r + 4.16666667e-2f;
  p = p * r + 1.66666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  int32_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  const int32_t power = (bits - 0x4b400000 + 127) * (1 << 23);
  float scale;
  std::memcpy(&scale, &power, sizeof scale);
  return p * scale;
}

inline float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

inline float hyperbolic_tangent(float x) { return 1 - 2 / (1 + exponential(2 * x)); }

/** The density of the standard normal distribution. */
inline float normal_density(float x) { return 0.3989422804f * exponential(-0.5f * x * x); }

/** The probability that a standard normal number is at most x (Abramowitz and Stegun, 26.2.17: error below 7.5e-8). */
inline float normal_below(float x) {
  const float size = x < 0 ? -x : x;
  const float t = 1 / (1 + 0.2316419f * size);
  const float tail = normal_density(x) * t *
                     (0.319381530f + t * (-0.356563782f + t * (1.781477937f + t * (-1.821255978f + t * 1.330274429f))));
  return x < 0 ? tail : 1 - tail;
}

}  // namespace nasc
