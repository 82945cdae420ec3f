//! What DARTS and TopoNAS derive of equal searches, trained from scratch at equal depth and width.

import std:search
import { darts } from "../../../spaces/darts.nas"

settings toy {
  cells = 3, width = 4, epochs 4, batch 32, examples 1_920
  retrain { cells = 3, width = 8, epochs 2, batch 64, examples 6_400, lr cosine(0.05 to 0, smooth: true) }
}

search differentiable of darts {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.05, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  scale toy toy
}

search toponas_pairs of darts like differentiable {
  relax    through by softmax, from by combinatorial(per: "edge")
  minimise cross_entropy + 0.2 * passive_aggressive(invalid: none_wins)
  derive   argmax of from, then argmax of through except none
}

/// Any number of inputs per node.
search toponas of darts like toponas_pairs where from = any 1.. of earlier {}
