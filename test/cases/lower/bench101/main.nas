import std:nn
op conv_bn_relu(kernel: int) = conv(channels, kernel) -> bn -> relu
cell bench(x) {
  node n[1..3] { from any 0.. of earlier; project; through one of { conv_bn_relu(3), conv_bn_relu(1), max_pool(3) }; merge sum }
  output sum(any 1.. of n) + project(any 0..1 of { x })
  require edges <= 9
  require every node is reached and used, or removed
  require n[2].from != n[3].from
}
space bench {
  input image(8, 8, 3)
  classes 10
  cell block = bench
  network { stem conv(8, 3); stack 3 of block, channels 8; head global_pool -> linear(classes) }
}
