//! Three searches that differ in what is compared alone: 5 cells (two of them reductions), 4 channels, 240 steps of 16 images.

import std:cells
import std:search
import { candidates, darts } from "../../../spaces/darts.nas"

settings toy { cells = 5, width = 4, epochs 4, batch 16, examples 1_920 }

search differentiable of darts {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.02, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  scale toy toy
}

/// The last copy of either kind of cell is an engine.
search entrannas of darts like differentiable where candidates = candidates - { none } {
  cells  engine at {3, 4}, transit elsewhere
  share  features
  derive top(2)
}

search entrannas_dst of darts like entrannas where from = any 1.. of earlier x candidates - { none } {
  relax    from by sparse(temperature: 1)
  minimise cross_entropy + 0.1/8 * threshold_pressure
  derive   nonzero
}
