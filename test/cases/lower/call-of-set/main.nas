import std:nn

/// A convolution that widens before and narrows behind.
op bottleneck(kernel: int, expand: int = 6, stride: int = 1) =
  conv(expand * in) -> depthwise(kernel, stride) -> relu -> conv(channels)

let block = { for k in {3, 5}: bottleneck(k) }

/// Every operation of a set with an argument: fixed in the first stage, open in the second.
space tiny {
  input   image(8, 8, 3)
  classes 10
  network {
    stem conv(8, 3)
    stage a { width 8;            layer one of block(expand: 1) }
    stage b { width 16; stride 2; layer one of block(expand: one of {2, 4}) }
    head global_pool -> linear(classes)
  }
}

architecture small of tiny {
  a.layer[1] bottleneck(3, 1)
  b.layer[1] bottleneck(5)
  b.layer[1].expand 2
}
