import { conv, global_pool, identity, linear } from std:nn
op block(kernel: int) = conv(channels, kernel)
space s {
  input image(8, 8, 3)
  classes 10
  network {
    stem  conv(one of {8, 16}, 3)
    stage a { width one of {2, 4}; depth 2; layer block(one of {3, 5}) }
    stage b { width 4; depth 3; layer one of { identity, block(5) } }
    head  global_pool -> linear(classes)
  }
  require all(a.kernel by width)
}
