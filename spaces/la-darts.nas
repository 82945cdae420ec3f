//! LA-DARTS: Latency-Aware Differentiable Neural Architecture Search. Xu, Xie, Zhang, Chen, Shi, Tian, Xiong, arXiv 2001.06392.
//!
//! The full text was not at hand. That a network predicts latency from an encoding of architectures, that architectures are drawn
//! from the choices and their mean latency joins the loss, was read; encoding, widths, number of draws, how gradients pass a draw,
//! the factor and the base search (here first-order DARTS) are reconstructed. No genotype of it was found in any source.

import std:cells
import std:search
import { darts } from "./darts.nas"

/// How much latency counts, relative to the mean latency of random architectures. Reconstructed: the paper chooses by hand.
param lambda = 0.1

search la_darts of darts {
  predictor latency = mlp(128, 64) on one_hot, fitted to measurements "latency/this-machine.csv"
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy + lambda * sampled(latency / latency.reference, samples: 8, estimator: straight_through)
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  retrain  { cells = 20, width = 36, epochs 600, batch 96, lr cosine(0.025 to 0), cutout 16, drop_path 0 to 0.2, auxiliary 0.4 at 2/3 }
  scale paper { epochs 50, batch 64, augment crop(4) & flip }
  scale quick {
    cells = 3, width = 4, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 0.1
    retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.025 to 0, smooth: true), cutout 0, drop_path 0 to 0, auxiliary 0 at 2/3 }
  }
}
