//! The topology term and its control: 3 cells (one normal, two reductions), 4 channels, 240 steps.

import std:search
import { darts } from "../../../spaces/darts.nas"

/// How much the passive-aggressive term counts; 0.2 in spaces/toponas.nas, where it is reconstructed as well.
param pressure = 0.2

settings toy { cells = 3, width = 4, epochs 6, batch 32, examples 2_560 }

search toponas of darts where from = any 1.. of earlier {
  relax    through by softmax, from by combinatorial(per: "edge")
  sample   all
  minimise cross_entropy + pressure * passive_aggressive(invalid: none_wins)
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.05, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax of from, then argmax of through except none
  scale toy toy
}
