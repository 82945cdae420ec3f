//! One block of which the number of inner channels is chosen, four times: the same choices as masks, and each built.

import { bn, conv, global_pool, hswish, linear } from std:nn
import { bottleneck } from std:mobile
import std:search

/// How many numbers of inner channels there are, all up to 192.
param options = 32

op block(inner: int) = residual { bottleneck(true, inner, 3, act: hswish) }

space blocks {
  input   image(32, 3)
  classes 10
  network {
    stem conv(32, 3, stride: 2) -> bn -> hswish
    stage s { width 32; depth 4; layer block(one of { for i in 1..options: 192 * i / options }) }
    head global_pool -> linear(classes)
  }
}

search masked of blocks {
  relax    inner by mask
  minimise cross_entropy
  train weights on 80% { sgd(lr: 0.05, momentum: 0.9) }
  train choices on 20% { adam(lr: 0.01) }
  derive   argmax
}

search instantiated of blocks like masked { relax inner by gumbel }
