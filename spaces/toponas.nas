//! TopoNAS: Explicitly Learning Topology for Differentiable Neural Architecture Search. Huang, You, Yang, Tu, Wang, Qian, Zhang,
//! arXiv 2011.09300.
//!
//! Only abstracts were at hand. That topology has variables of its own, a combinatorial distribution and a passive-aggressive
//! term, and that all is learned jointly, was read; the form of the distribution and of the term, what counts as invalid, the
//! factor 0.2 and the schedule (that of DARTS) are reconstructed. No genotype of it was found in any source.

import std:cells
import std:search
import { darts, first_order } from "./darts.nas"

/// What has a logit in the distribution over the inputs of a node: "edge", a product per edge, normalised over the allowed sets;
/// "subset", a free softmax over them. Either is a reconstruction.
param logit_per = "edge"

/// Exactly two inputs per node. The first node has no choice.
search toponas_pairs of darts like first_order {
  relax    through by softmax, from by combinatorial(per: logit_per)
  minimise cross_entropy + 0.2 * passive_aggressive(invalid: none_wins, margin: 0)
  derive   argmax of from, then argmax of through except none
  scale quick { choice_lr 0.1 }
}

/// Any number of inputs per node, at least one.
search toponas of darts like toponas_pairs where from = any 1.. of earlier {}
