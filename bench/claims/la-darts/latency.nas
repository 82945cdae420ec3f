//! Searches that weigh what a network costs: by the latency that a predictor tells, or by its multiply-accumulates.

import std:search
import { darts } from "../../../spaces/darts.nas"

/// How much the cost counts, relative to the mean cost of random architectures.
param lambda = 0.0

search aware_of_macs of darts {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy + lambda * sampled(macs / 1.2M, samples: 8)
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.1, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  scale toy {
    cells = 3, width = 4, epochs 4, batch 32, examples 960
    retrain { cells = 3, width = 8, epochs 4, batch 64, examples 6_400, lr cosine(0.05 to 0, smooth: true) }
  }
}

search aware_of_latency of darts like aware_of_macs {
  predictor latency = mlp(128, 64), fitted to measurements ".bench/claims/la-darts/measurements.csv"
  train predictor { adamw(lr: cosine(1e-3 to 0, smooth: true)), epochs 30, batch 64, measure 2_000 }
  minimise cross_entropy + lambda * sampled(latency / latency.reference, samples: 8)
}
