//! The searches of which the whole time is compared: the supernet of the paper, few steps.

import std:cells
import std:search
import { candidates, darts } from "../../../spaces/darts.nas"

search differentiable of darts {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.025, momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.02, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  scale short { cells = 8, width = 16, epochs 2, batch 16, examples 576 }
}

/// The last copy of either kind of cell is an engine.
search entrannas of darts like differentiable where candidates = candidates - { none } {
  cells  engine at {5, 7}, transit elsewhere
  share  features
  derive top(2)
}
