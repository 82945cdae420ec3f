//! Primitive operations of neural networks. Feature maps are height x width x channels; `in` is the number of channels
//! that arrive, `channels` the number that the place asks for. Padding keeps ceil(size / stride), on all sides alike.

/// 2-D convolution.
extern op conv(channels: int = channels, kernel: int = 1, stride: int = 1, dilation: int = 1, groups: int = 1, bias: bool = false) {
  require in % groups == 0 and channels % groups == 0 else "groups must divide the channels that arrive and those asked for"
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
  cost   ptflops = if bias then features else 0
}

/// The input itself.
extern op identity() {}

/// Zeros of the shape that the place asks for.
extern op zero(stride: int = 1, channels: int = channels) {
  out height = ceil(input.height / stride), width = ceil(input.width / stride), channels = channels
}

/// Moves the map up and left by whole pixels; zeros come in at the bottom and the right.
extern op shift(down: int, right: int) {}

/// min(max(x, 0), 6).
extern op relu6() {
  cost full = out.height * out.width * out.channels
  cost ptflops = out.height * out.width * out.channels
}

/// x * sigmoid(x), also called SiLU.
extern op swish() {}

/// x * min(max(x + 3, 0), 6) / 6.
extern op hswish() {}

/// min(max(x + 3, 0), 6) / 6.
extern op hsigmoid() {}

/// 1 / (1 + exp(-x)).
extern op sigmoid() {}

/// x * P(X <= x) of a standard normal X; `approximate`: by a hyperbolic tangent.
extern op gelu(approximate: bool = false) {}

/// Hyperbolic tangent.
extern op tanh() {}

/// Normalises the channels of every position; `affine` adds a trained scale and shift per channel. No convention counts it.
extern op layer_norm(affine: bool = true, epsilon: real = 1e-5) {
  weight scale(in) as scale init ones when affine
  weight shift(in) as shift init zeros when affine
}

/// Rows and columns around the map: `before` at the top and the left, `after` at the bottom and the right. They are zeros,
/// mirror images ("reflect", the edge itself not repeated) or repetitions of the edge ("edge").
extern op pad(before: int, after: int = before, mode: string = "zeros") {
  require before >= 0 and after >= 0 else "padding cannot be negative"
  require mode in { "zeros", "reflect", "edge" } else "the mode of a padding is \"zeros\", \"reflect\" or \"edge\""
  require mode != "reflect" or max(before, after) < min(input.height, input.width) else "a mirror image is smaller than the map"
  out height = input.height + before + after, width = input.width + before + after
}

/// 2-D convolution without padding: on windows that lie inside the map. With `pad` before it, every other padding.
extern op conv_valid(channels: int = channels, kernel: int = 1, stride: int = 1, dilation: int = 1, groups: int = 1, bias: bool = false) {
  require in % groups == 0 and channels % groups == 0 else "groups must divide the channels that arrive and those asked for"
  require dilation * (kernel - 1) < min(input.height, input.width) else "the window is larger than the map"
  out    height = floor((input.height - dilation * (kernel - 1) - 1) / stride) + 1, width = floor((input.width - dilation * (kernel - 1) - 1) / stride) + 1, channels = channels
  weight kernel(kernel, kernel, in / groups, channels) init he_normal
  weight bias(channels) as bias init zeros when bias
  macs   kernel * kernel * (in / groups) * channels * out.height * out.width
  cost   ptflops = if bias then out.height * out.width * out.channels else 0
}

/// Depthwise convolution without padding: on windows that lie inside the map.
extern op depthwise_valid(kernel: int, stride: int = 1, dilation: int = 1) {
  require dilation * (kernel - 1) < min(input.height, input.width) else "the window is larger than the map"
  out    height = floor((input.height - dilation * (kernel - 1) - 1) / stride) + 1, width = floor((input.width - dilation * (kernel - 1) - 1) / stride) + 1
  weight kernel(kernel, kernel, in) init he_normal
  macs   kernel * kernel * in * out.height * out.width
}

/// One of `parts` equal groups of neighbouring channels, counted from 1: `concat(split(1), split(2) -> conv)`; or `count`
/// groups from that one on.
extern op split(part: int, parts: int = 2, count: int = 1) {
  require in % parts == 0 else "the number of parts must divide the channels that arrive"
  require 1 <= part and part + count - 1 <= parts else "parts count from 1"
  out channels = in / parts * count
}

/// Channel (g, i) of `groups` groups becomes channel (i, g): every group after it holds something of every group before it.
extern op channel_shuffle(groups: int) {
  require in % groups == 0 else "groups must divide the channels that arrive"
}

/// Sum of `parts` equal groups of neighbouring channels.
extern op split_sum(parts: int) {
  require in % parts == 0 else "the number of parts must divide the channels that arrive"
  out channels = in / parts
}

/// Softmax between the `parts` splits: of channels laid out as groups x parts x channels, which leave as parts x groups x
/// channels. How a split attention of Ernie1/Pi-NAS and ResNeSt makes weights of its splits.
extern op split_softmax(parts: int, groups: int = 1) {
  require in % (parts * groups) == 0 else "parts times groups must divide the channels that arrive"
}

/// Another height and width: "nearest", "bilinear" or "bicubic" (a = -0.75), pixels taken as areas (corners not aligned).
extern op resize(height: int, width: int = height, method: string = "nearest") {
  require method in { "nearest", "bilinear", "bicubic" } else "a map is resized by \"nearest\", \"bilinear\" or \"bicubic\""
  out height = height, width = width
}

/// All positions and channels in one row, as `linear` reads them.
extern op flatten() {
  out height = 1, width = 1, channels = input.height * input.width * in
}

/// Sets single values to zero with this probability while training, and scales the others up.
extern op dropout(rate: real) {
  require 0 <= rate and rate < 1 else "the rate of a dropout lies between 0 and 1"
}

/// Leaves out the whole branch of an image with this probability while training, and scales it up otherwise.
extern op drop_path(rate: real) {
  require 0 <= rate and rate < 1 else "the rate of a drop-path lies between 0 and 1"
}

/// Multi-head self-attention over all positions: softmax(Q K^T / sqrt(width)) V per head, heads joined by a linear layer.
extern op self_attention(heads: int, channels: int = channels, width: int = in / heads, bias: bool = true) {
  require width * heads > 0 and width % 1 == 0 else "the heads must divide the channels that arrive, or say how wide a head is"
  out    channels = channels
  weight query(in, heads * width) init linear_uniform
  weight key(in, heads * width) init linear_uniform
  weight value(in, heads * width) init linear_uniform
  weight output(heads * width, channels) init linear_uniform
  weight query_bias(heads * width) as bias init zeros when bias
  weight key_bias(heads * width) as bias init zeros when bias
  weight value_bias(heads * width) as bias init zeros when bias
  weight output_bias(channels) as bias init zeros when bias
  macs   input.height * input.width * heads * width * (3 * in + channels + 2 * input.height * input.width)
}
