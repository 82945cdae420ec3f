//! EnTranNAS: Towards Improving the Consistency, Efficiency, and Flexibility of Differentiable Neural Architecture Search.
//! Yang, You, Li, Wang, Qian, Lin, CVPR 2021.
//!
//! The full text was not at hand. The formulas of engine and transit cells, of shared features and of sparse connections come
//! from a survey that restates them; whatever is marked as reconstructed or remembered is ours until someone reads the paper.
//! No genotype of it was found in any source.

import std:cells
import std:search
import { candidates, darts, first_order } from "./darts.nas"

/// Which copies evaluate everything, counted from 0: one of each kind. Reconstructed: {5, 7}, the last of each kind, fits the
/// search times of the paper better than {0, 2}, the first ones.
param engine_cells = {5, 7}

/// The extended space: twelve operations per edge. Remembered, not read; a list to be replaced by the paper's.
let extended = {
  skip, cross_conv, dil_conv(3), avg_pool(3), max_pool(3), max_pool(5), max_pool(7), relu_conv(1), relu_conv(3), sep_conv(3), sep_conv(5), sep_conv(7),
}

/// Cells normal, reduction, reduction, normal; the last of each kind evaluates everything.
settings few_cells { cells = 4, engine_cells = {2, 3}, choice_lr 0.02, frozen 1, retrain { epochs 1 } }

/// The space of DARTS under the search of EnTranNAS. That none is no candidate is reconstructed: a transit cell would run an edge
/// that is none as nothing at all.
search entrannas of darts like first_order where candidates = candidates - { none } {
  cells  engine at engine_cells, transit elsewhere
  share  features  // one evaluation per source and operation in a cell
  relax  through by softmax(temperature: 1), from by strength
  // The schedule is that of ISTA-NAS, by the same first author; freezing the choices at first is reconstructed, after PC-DARTS.
  train weights on 50% { sgd(lr: cosine(0.1 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 6e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3, frozen 10 }
  derive top(2)
  scale paper { batch 256 }
  scale quick few_cells
  scale quick_second_order few_cells
}

/// The search by differentiable sparse derivation: any connections, several operations on one edge allowed, and a threshold per
/// node that is learned. The pressure on the thresholds and its factor, a tenth of the mean over the eight nodes of both kinds of
/// cell, are reconstructed.
search entrannas_dst of darts like entrannas where from = any 1.. of earlier x candidates - { none } {
  relax    from by sparse(temperature: 1)
  minimise cross_entropy + 0.1/8 * threshold_pressure
  derive   nonzero
}

/// The extended space under the same search.
search entrannas_extended of darts like entrannas where candidates = extended {}
