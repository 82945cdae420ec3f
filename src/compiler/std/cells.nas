//! Candidate operations of cell-based spaces, as in DARTS (Liu, Simonyan, Yang, ICLR 2019). Inside a supernet batch
//! norms have no affine weights and pools are followed by a batch norm; a stand-alone network is the other way round.

import { avg_pool as plain_avg_pool, bn, channel_shuffle, conv, depthwise, identity, linear, max_pool as plain_max_pool, relu, shift, split, zero } from std:nn

/// No connection: zeros.
op none(stride: int = 1) = zero(stride)

/// Identity, or factorized reduce where there is a stride.
op skip(stride: int = 1) = if stride > 1 then factorized_reduce(stride) else identity

/// Halves the map without losing pixels, or divides it by another stride: two strided 1x1 convolutions, the second one pixel
/// further on.
op factorized_reduce(stride: int = 2) = relu -> concat(conv(channels / 2, stride: stride), shift(1, 1) -> conv(channels / 2, stride: stride)) -> bn(affine: standalone)

op max_pool(kernel: int, stride: int = 1) = plain_max_pool(kernel, stride) -> if not standalone then bn(affine: false)

op avg_pool(kernel: int, stride: int = 1) = plain_avg_pool(kernel, stride) -> if not standalone then bn(affine: false)

/// Depthwise-separable convolution, applied twice.
op sep_conv(kernel: int, stride: int = 1) =
     relu -> depthwise(kernel, stride) -> conv(in)       -> bn(affine: standalone)
  -> relu -> depthwise(kernel)         -> conv(channels) -> bn(affine: standalone)

/// Depthwise-separable convolution with dilation 2.
op dil_conv(kernel: int, stride: int = 1) = relu -> depthwise(kernel, stride, dilation: 2) -> conv(channels) -> bn(affine: standalone)

/// ReLU, 1x1 convolution, batch norm: brings a state to the cell's channels.
op relu_conv_bn = relu -> conv(channels) -> bn(affine: standalone)

/// PC-DARTS (Xu et al., ICLR 2020): in a supernet, the first of `parts` equal groups of channels goes through the operation
/// and the others past it, then all are shuffled. A stand-alone network has the operation alone.
op partial(through: operation, parts: int = 4) =
  if standalone then through
  else (concat(split(1, parts) -> same_width(through), split(2, parts, count: parts - 1) -> past) -> channel_shuffle(parts))

/// Where there is a stride, what goes past the operation is made as small by the largest of each square of that side.
op past(stride: int = 1) = if stride > 1 then plain_max_pool(stride, stride)

/// ReLU, convolution, batch norm, as in NAS-Bench-201.
op relu_conv(kernel: int, stride: int = 1) = relu -> conv(channels, kernel, stride) -> bn(affine: standalone)

/// A 1x3 and a 3x1 convolution, each written as a 1x1 convolution on the map and its two neighbours: as many weights and
/// multiply-accumulates. Where the stride is 2, the second one has it alone.
op cross_conv(stride: int = 1) =
     relu -> concat(shift(0, -1), identity, shift(0, 1)) -> conv(channels)
  -> concat(shift(-1, 0), identity, shift(1, 0)) -> conv(channels, stride: stride) -> bn(affine: standalone)

/// Mean over windows that lie inside the map as a whole; on a map smaller than the window, over the map.
op inner_avg_pool(kernel: int, stride: int = 1) = plain_avg_pool(min(kernel, input.height, input.width), stride, padding: 0)

/// Second classifier of the DARTS code for CIFAR, which helps a deep network to train and is then left out. The linear
/// layer to 768 is the 2x2 convolution without padding of that code, on the 2x2 map that an 8x8 map is pooled to.
op auxiliary_head = relu -> inner_avg_pool(5, 3) -> conv(128) -> bn -> relu -> linear(768, bias: false) -> bn -> relu -> linear(classes)

/// The same for ImageNet, on the 7x7 map that the last cells of 14 have there: pooled in steps of 2, and without the second batch
/// norm, which the code leaves out. Remembered, not read.
op auxiliary_head_imagenet = relu -> inner_avg_pool(5, 2) -> conv(128) -> bn -> relu -> linear(768, bias: false) -> relu -> linear(classes)
