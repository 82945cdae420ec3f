//! LA-DARTS: Latency-Aware Differentiable Neural Architecture Search. Xu, Xie, Zhang, Chen, Shi, Tian, Xiong, arXiv 2001.06392.
//!
//! The full text was not at hand. That a network predicts latency from an encoding of architectures, that architectures are drawn
//! from the choices and their mean latency joins the loss, was read; encoding, widths, number of draws, how gradients pass a draw,
//! the factor and the base search (here first-order DARTS) are reconstructed. No genotype of it was found in any source.

import std:search
import { darts, first_order } from "./darts.nas"

/// How much latency counts, relative to the mean latency of random architectures. Reconstructed: the paper chooses by hand.
param lambda = 0.1
/// Architectures that a run measures where there is no file of measurements yet. The paper has 100,000.
param measured = 2_000

search la_darts of darts like first_order {
  predictor latency = mlp(128, 64) on one_hot, fitted to measurements "latency/this-machine.csv"
  // Reconstructed: it is fitted by least squares.
  train predictor { adamw(lr: cosine(1e-3 to 0, smooth: true), decay: 0.01), epochs 100, batch 64, measure measured }
  minimise cross_entropy + lambda * sampled(latency / latency.reference, samples: 8, estimator: straight_through)
  scale quick { choice_lr 0.1, measured = 500 }
}
