//! TopoNAS: Explicitly Learning Topology for Differentiable Neural Architecture Search. Huang, You, Yang, Tu, Wang, Qian, Zhang,
//! arXiv 2011.09300.
//!
//! Only abstracts were at hand. That topology has variables of its own, a combinatorial distribution and a passive-aggressive
//! term, and that all is learned jointly, was read; the form of the distribution and of the term, what counts as invalid, the
//! factor 0.2 and the schedule (that of DARTS) are reconstructed. No genotype of it was found in any source.

import std:cells
import std:search
import { darts } from "./darts.nas"

/// What has a logit in the distribution over the inputs of a node: "edge", a product per edge, normalised over the allowed sets;
/// "subset", a free softmax over them. Either is a reconstruction.
param logit_per = "edge"

/// Exactly two inputs per node. The first node has no choice.
search toponas_pairs of darts {
  relax    through by softmax, from by combinatorial(per: logit_per)
  sample   all
  minimise cross_entropy + 0.2 * passive_aggressive(invalid: none_wins, margin: 0)
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax of from, then argmax of through except none
  retrain  { cells = 20, width = 36, epochs 600, batch 96, lr cosine(0.025 to 0), cutout 16, drop_path 0 to 0.2, auxiliary 0.4 at 2/3 }
  scale paper { epochs 50, batch 64, augment crop(4) & flip }
  scale quick {
    cells = 3, width = 4, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 0.1
    retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.025 to 0, smooth: true), cutout 0, drop_path 0 to 0, auxiliary 0 at 2/3 }
  }
}

/// Any number of inputs per node, at least one.
search toponas of darts where from = any 1.. of earlier {
  relax    through by softmax, from by combinatorial(per: logit_per)
  sample   all
  minimise cross_entropy + 0.2 * passive_aggressive(invalid: none_wins, margin: 0)
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax of from, then argmax of through except none
  retrain  { cells = 20, width = 36, epochs 600, batch 96, lr cosine(0.025 to 0), cutout 16, drop_path 0 to 0.2, auxiliary 0.4 at 2/3 }
  scale paper { epochs 50, batch 64, augment crop(4) & flip }
  scale quick {
    cells = 3, width = 4, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 0.1
    retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.025 to 0, smooth: true), cutout 0, drop_path 0 to 0, auxiliary 0 at 2/3 }
  }
}
