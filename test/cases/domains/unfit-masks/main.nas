//! What masks and subsamples cannot stand for is told where it is relaxed.
import std:nn
import std:search
import { fbnet_block } from std:mobile

op chosen() = conv(channels, one of {3, 5})

space kernels {
  input   image(8, 3)
  classes 10
  network { stage s { width one of {8, 16}; layer chosen } head global_pool -> linear(classes) }
}
search kernel_by_mask of kernels {
  relax    kernel by mask, width by mask
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive   argmax
}
search mean_of_shapes of kernels {
  relax    kernel by gumbel, width by mask
  minimise cross_entropy + 0.1 * macs.expected / 1M
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
}

space groups {
  input   image(8, 3)
  classes 10
  network { stage s { width one of {8, 16}; layer conv(channels) -> channel_shuffle(2) } head global_pool -> linear(classes) }
}
search shuffled of groups {
  relax    width by mask
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive   argmax
}

space sides {
  input   image(one of {8, 12}, 3)
  classes 10
  network { stage s { width 4; layer conv(4) } head linear(classes) }
}
search flat of sides {
  relax    resolution by subsample
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive   argmax
}

cell pair(s0) {
  node a { from any 1 of { s0 }; through fbnet_block(3, one of {2, 4}) }
  output a
}
space cells {
  input   image(8, 3)
  classes 10
  cell only = pair
  network { stem conv(4); stack 3 of only, channels 4; head global_pool -> linear(classes) }
}
search derived_copies of cells {
  relax    expand by mask, from by strength
  cells    engine at {2}, transit elsewhere
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive   argmax
}
