//! Primitive operations of neural networks. Feature maps are height x width x channels; `in` is the number of channels
//! that arrive, `channels` the number that the place asks for. Padding keeps ceil(size / stride), on all sides alike.

/// 2-D convolution.
extern op conv(channels: int = channels, kernel: int = 1, stride: int = 1, dilation: int = 1, groups: int = 1, bias: bool = false) {
  require in % groups == 0 and channels % groups == 0
  out    height = ceil(input.height / stride), width = ceil(input.width / stride), channels = channels
  weight kernel(kernel, kernel, in / groups, channels) init he_normal
  weight bias(channels) as bias init zeros when bias
  macs   kernel * kernel * (in / groups) * channels * out.height * out.width
  cost   ptflops = if bias then out.height * out.width * out.channels else 0
}

/// Depthwise 2-D convolution: every channel with a kernel of its own.
extern op depthwise(kernel: int, stride: int = 1, dilation: int = 1) {
  out    height = ceil(input.height / stride), width = ceil(input.width / stride)
  weight kernel(kernel, kernel, in) init he_normal
  macs   kernel * kernel * in * out.height * out.width
}

/// Batch normalisation; `affine` adds a trained scale and shift per channel.
extern op bn(affine: bool = true, epsilon: real = 1e-5, momentum: real = 0.1) {
  weight scale(in) as scale init ones when affine
  weight shift(in) as shift init zeros when affine
  cost   full = 2 * out.height * out.width * out.channels
  cost   ptflops = if affine then 2 * out.height * out.width * out.channels else 0
}

/// max(x, 0).
extern op relu() {
  cost full = out.height * out.width * out.channels
  cost ptflops = out.height * out.width * out.channels
}

/// Maximum over a window; the padding never wins.
extern op max_pool(kernel: int, stride: int = 1) {
  out  height = ceil(input.height / stride), width = ceil(input.width / stride)
  cost full = input.height * input.width * in
  cost ptflops = input.height * input.width * in
}

/// Mean over the part of a window that lies inside the map, which is padded by `padding` on all sides.
extern op avg_pool(kernel: int, stride: int = 1, padding: int = floor((kernel - 1) / 2)) {
  require kernel <= input.height + 2 * padding and kernel <= input.width + 2 * padding else "the window is larger than the map"
  out  height = floor((input.height + 2 * padding - kernel) / stride) + 1, width = floor((input.width + 2 * padding - kernel) / stride) + 1
  cost full = input.height * input.width * in
  cost ptflops = input.height * input.width * in
}

/// Mean over all positions: a vector.
extern op global_pool() {
  out  height = 1, width = 1
  cost full = input.height * input.width * in
  cost mobile_vision = input.height * input.width * in
  cost ptflops = input.height * input.width * in
}

/// Fully connected layer on the flattened input.
extern op linear(features: int = channels, bias: bool = true) {
  out    height = 1, width = 1, channels = features
  weight kernel(input.height * input.width * in, features) init linear_uniform
  weight bias(features) as bias init zeros when bias
  macs   input.height * input.width * in * features
}

/// The input itself.
extern op identity() {}

/// Zeros of the shape that the place asks for.
extern op zero(stride: int = 1) {
  out height = ceil(input.height / stride), width = ceil(input.width / stride)
}

/// Moves the map up and left by whole pixels; zeros come in at the bottom and the right.
extern op shift(down: int, right: int) {}
