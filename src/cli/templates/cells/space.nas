//! A space of two cells, searched by gradient as in DARTS (Liu, Simonyan, Yang, ICLR 2019). Change what you like.

import { bn, conv, global_pool, linear } from std:nn
import std:cells
import std:search

/// Channels of the first cell.
param width = 8
/// Cells in the stack.
param cells = 5

/// What may stand on an edge: add operations, or take some away.
let candidates = { none, skip, max_pool(3), sep_conv(3), dil_conv(3) }

/// Three nodes, each the sum of two earlier states, each through one operation.
cell graph(s0, s1, stride: int = 1) {
  prepare s0 { if s0.height > s1.height then factorized_reduce else relu_conv_bn }
  prepare s1 { relu_conv_bn }
  node n[1..3] {
    from    any 2 of earlier
    through one of candidates, stride on s0, s1
    merge   sum
  }
  output concat(n)
}

space cells_space {
  input   image(28, 28, 1)
  classes 10
  cell normal    = graph
  cell reduction = graph(stride: 2)
  network {
    stem  conv(2 * width, 3) -> bn
    stack cells of normal, reduction at { cells / 3, 2 * cells / 3 }, channels width, doubled at reduction
    head  global_pool -> linear(classes)
  }
}

/// In turn, a step for the weights on one half of the images and one for the choices on the other.
search by_gradient of cells_space {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  retrain  { cells = 8, width = 16, epochs 100, batch 96, lr cosine(0.025 to 0), drop_path 0 to 0.2 }
  scale paper { epochs 50, batch 64 }
  scale quick {
    cells = 3, width = 4, epochs 2, batch 32, examples 2k, lr cosine(0.05 to 0.001), choice_lr 0.1
    retrain { cells = 3, width = 4, epochs 1, batch 64, drop_path 0 to 0 }
  }
}

/// A network to compare with: separable convolutions and skips.
architecture Plain of cells_space {
  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s1, skip of s0; n3: sep_conv(3) of n1, skip of n2 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: sep_conv(3) of s1, skip of n1; n3: sep_conv(3) of n1, skip of n2 }
}
