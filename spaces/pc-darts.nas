//! PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search. Xu, Xie, Zhang, Chen, Qi, Tian, Xiong,
//! ICLR 2020; settings as in the official code.

import std:cells
import std:search
import { candidates, darts, first_order } from "./darts.nas"
import { darts_imagenet, imagenet } from "./darts-imagenet.nas"

/// In the supernet a quarter of the channels goes through the operations, the rest past them. What is derived is as in DARTS.
space pc_darts = darts where through = partial(one of candidates, parts: 4)

/// The same on ImageNet, with half of the channels.
space pc_darts_imagenet = darts_imagenet where through = partial(one of candidates, parts: 2)

search edge_normalised of pc_darts like first_order {
  relax   through by softmax, from by edge_normalisation
  train weights on 50% { sgd(lr: cosine(0.1 to 0), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 6e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3, frozen 15 }
  retrain { drop_path 0 to 0.3 }
  scale paper { batch 256 }
  scale quick { width = 8, choice_lr 0.1, frozen 1 }
  scale quick_second_order { width = 8, choice_lr 0.1, frozen 1 }
}

/// Images are sampled from every class: a tenth for the weights, a fortieth for the choices.
search edge_normalised_imagenet of pc_darts_imagenet {
  relax    through by softmax, from by edge_normalisation
  sample   all
  minimise cross_entropy
  train weights on 10% { sgd(lr: cosine(0.5 to 0), momentum: 0.9, decay: 3e-4), clip 5, warmup 5 }
  train choices on 2.5% { adam(lr: 6e-3, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3, frozen 35 }
  derive   top(2) except none
  scale paper {
    cells = 8, width = 16, epochs 50, batch 1024, augment random_resized_crop & flip
    retrain imagenet { batch 1024, lr linear(0.5 to 0 last 5), warmup 5 }
  }
  scale quick {
    cells = 3, width = 8, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 0.1, frozen 1, warmup 1
    retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.05 to 0, smooth: true), warmup 0 }
  }
}

architecture PC_DARTS_cifar of pc_darts {
  normal    { n1: sep_conv(3) of s1, skip of s0; n2: sep_conv(3) of s0, dil_conv(3) of s1; n3: sep_conv(5) of s0, sep_conv(3) of s1; n4: avg_pool(3) of s0, dil_conv(3) of s1 }
  reduction { n1: sep_conv(5) of s1, max_pool(3) of s0; n2: sep_conv(5) of s1, sep_conv(5) of n1; n3: sep_conv(3) of s0, sep_conv(3) of n2; n4: sep_conv(3) of s1, sep_conv(3) of n1 }
  with cells = 20, width = 36
  expect parameters = 3_634_678  // published: 3.6M
  expect macs = 556_670_592
}
