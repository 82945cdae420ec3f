//! The DARTS space on ImageNet, where cells found on smaller images are trained: another stem, 14 cells, 48 channels, as in
//! the official code (Liu, Simonyan, Yang, ICLR 2019), with the published cells of those who use the space.
//!
//! Figures without a remark are computed by us: exact, but not compared with a publication. The convention `full` gives the
//! published 586M, 597M and 557M; the 574M that DARTS itself states come from no counter that was ever published.

import { bn, conv, global_pool, linear, relu } from std:nn
import std:cells
import std:search
import { cells, darts, width } from "./darts.nas"

space darts_imagenet {
  input   image(224, 3)
  classes 1000
  cell normal    = darts
  cell reduction = darts(stride: 2)
  network {
    stem  conv(width / 2, 3, stride: 2) -> bn -> relu -> conv(width, 3, stride: 2) -> bn; relu -> conv(width, 3, stride: 2) -> bn
    stack cells of normal, reduction at { cells / 3, 2 * cells / 3 }, channels width, doubled at reduction
    head  global_pool -> linear(classes)
  }
}

/// How found cells are trained on ImageNet.
settings imagenet {
  cells = 14, width = 48, epochs 250, decay 3e-5, label_smoothing 0.1
  augment random_resized_crop & flip & color_jitter(0.4, hue: 0.2), auxiliary 0.4 at 2/3 head auxiliary_head_imagenet
}

/// First-order DARTS as on CIFAR-10. DARTS itself searched there only: what its paper says of ImageNet is how a found cell is trained.
search first_order of darts_imagenet {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  scale paper {
    epochs 50, batch 64, augment random_resized_crop & flip
    retrain imagenet { batch 128, lr exponential(0.1, rate: 0.97 per epoch) }
  }
  scale quick {
    cells = 3, width = 8, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 1
    retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.025 to 0, smooth: true) }
  }
}

architecture DARTS_V1 of darts_imagenet {
  normal    { n1: sep_conv(3) of s1, sep_conv(3) of s0; n2: skip of s0, sep_conv(3) of s1; n3: skip of s0, sep_conv(3) of s1; n4: sep_conv(3) of s0, skip of n1 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: skip of n1, max_pool(3) of s0; n3: max_pool(3) of s0, skip of n1; n4: skip of n1, avg_pool(3) of s0 }
  with cells = 14, width = 48
  expect parameters = 4_510_432
  expect macs = 505_864_704
  expect macs(full) = 519_750_912
}

/// Published: 4.7M parameters.
architecture DARTS_V2 of darts_imagenet {
  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, skip of s0; n4: skip of s0, dil_conv(3) of n1 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: skip of n1, max_pool(3) of s1; n3: max_pool(3) of s0, skip of n1; n4: skip of n1, max_pool(3) of s1 }
  with cells = 14, width = 48
  expect parameters = 4_718_752
  expect macs = 529_911_552
  expect macs(full) = 544_588_032
}

/// Found on CIFAR-10. Published, as remembered: 5.3M parameters, 586M operations.
architecture PC_DARTS_cifar of darts_imagenet {
  normal    { n1: sep_conv(3) of s1, skip of s0; n2: sep_conv(3) of s0, dil_conv(3) of s1; n3: sep_conv(5) of s0, sep_conv(3) of s1; n4: avg_pool(3) of s0, dil_conv(3) of s1 }
  reduction { n1: sep_conv(5) of s1, max_pool(3) of s0; n2: sep_conv(5) of s1, sep_conv(5) of n1; n3: sep_conv(3) of s0, sep_conv(3) of n2; n4: sep_conv(3) of s1, sep_conv(3) of n1 }
  with cells = 14, width = 48
  expect parameters = 5_270_560
  expect macs = 571_137_408
  expect macs(full) = 586_359_552
}

/// Found on ImageNet. Published: 597M operations.
architecture PC_DARTS_image of darts_imagenet {
  normal    { n1: skip of s1, sep_conv(3) of s0; n2: sep_conv(3) of s0, skip of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s1, dil_conv(5) of n3 }
  reduction { n1: sep_conv(3) of s0, skip of s1; n2: dil_conv(5) of n1, max_pool(3) of s1; n3: sep_conv(3) of n1, sep_conv(3) of s1; n4: sep_conv(5) of s0, sep_conv(3) of n2 }
  with cells = 14, width = 48
  expect parameters = 5_342_464
  expect macs = 581_627_328
  expect macs(full) = 597_206_976
}

/// P-DARTS (Chen, Xie, Wu, Tian, ICCV 2019). Published: 557M operations.
architecture PDARTS of darts_imagenet {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s0, dil_conv(5) of n3 }
  reduction { n1: avg_pool(3) of s0, sep_conv(5) of s1; n2: sep_conv(3) of s0, dil_conv(5) of n1; n3: max_pool(3) of s0, dil_conv(3) of s1; n4: dil_conv(3) of s1, dil_conv(5) of n2 }
  with cells = 14, width = 48
  expect parameters = 4_944_352
  expect macs = 542_819_328
  expect macs(full) = 557_382_912
}

/// DOTS (Gu et al., CVPR 2021), found on CIFAR-10.
architecture DOTS_C10 of darts_imagenet {
  normal    { n1: skip of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1; n3: sep_conv(3) of s0, sep_conv(3) of s1; n4: skip of s1, dil_conv(3) of n2 }
  reduction { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: max_pool(3) of s0, max_pool(3) of s1; n3: max_pool(3) of s0, dil_conv(5) of n2; n4: max_pool(3) of s0, dil_conv(5) of n3 }
  with cells = 14, width = 48
  expect parameters = 5_023_456
  expect macs = 554_014_848
  expect macs(full) = 569_255_808
}

/// DOTS, found on CIFAR-100.
architecture DOTS_C100 of darts_imagenet {
  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s1, dil_conv(3) of n3 }
  reduction { n1: avg_pool(3) of s0, avg_pool(3) of s1; n2: sep_conv(5) of s0, sep_conv(5) of s1; n3: sep_conv(3) of s0, dil_conv(5) of n2; n4: sep_conv(3) of n2, dil_conv(3) of n3 }
  with cells = 14, width = 48
  expect parameters = 5_650_912
  expect macs = 618_930_048
  expect macs(full) = 635_949_120
}

/// DOTS, found on ImageNet.
architecture DOTS_ImageNet of darts_imagenet {
  normal    { n1: dil_conv(5) of s0, skip of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s0, sep_conv(3) of s1; n4: sep_conv(3) of s0, sep_conv(5) of s1 }
  reduction { n1: sep_conv(5) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(5) of s1; n3: max_pool(3) of s0, dil_conv(5) of n2; n4: sep_conv(3) of s0, max_pool(3) of s1 }
  with cells = 14, width = 48
  expect parameters = 5_348_032
  expect macs = 587_347_392
  expect macs(full) = 603_039_936
}

/// ISTA-NAS (Yang et al., NeurIPS 2020), in two stages.
architecture ISTA_twostage of darts_imagenet {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: sep_conv(5) of s0, dil_conv(3) of n1; n3: dil_conv(3) of s1, sep_conv(3) of s0; n4: sep_conv(3) of n1, skip of s0 }
  reduction { n1: avg_pool(3) of s0, sep_conv(5) of s1; n2: dil_conv(5) of n1, max_pool(3) of s1; n3: dil_conv(5) of n2, sep_conv(3) of s1; n4: dil_conv(5) of n3, sep_conv(5) of s1 }
  with cells = 14, width = 48
  expect parameters = 4_820_608
  expect macs = 528_208_704
  expect macs(full) = 541_982_016
}

/// ISTA-NAS, in one stage.
architecture ISTA_onestage of darts_imagenet {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: sep_conv(3) of s1, dil_conv(5) of n1; n3: avg_pool(3) of n2, sep_conv(3) of s1; n4: sep_conv(5) of s1, sep_conv(3) of n1 }
  reduction { n1: avg_pool(3) of s0, max_pool(3) of s1; n2: skip of s0, max_pool(3) of s1; n3: sep_conv(5) of s1, avg_pool(3) of s0; n4: max_pool(3) of s0, dil_conv(5) of n1 }
  with cells = 14, width = 48
  expect parameters = 4_783_168
  expect macs = 535_076_544
  expect macs(full) = 549_734_208
}

/// ISTA-NAS, found on ImageNet.
architecture ISTA_ImageNet of darts_imagenet {
  normal    { n1: sep_conv(3) of s1, sep_conv(3) of s0; n2: sep_conv(3) of s1, skip of n1; n3: sep_conv(3) of s1, sep_conv(3) of s0; n4: sep_conv(3) of s1, dil_conv(5) of n3 }
  reduction { n1: skip of s0, sep_conv(3) of s1; n2: dil_conv(5) of n1, sep_conv(3) of s0; n3: sep_conv(3) of s0, skip of n1; n4: sep_conv(3) of n1, skip of n2 }
  with cells = 14, width = 48
  expect parameters = 5_651_392
  expect macs = 621_084_480
  expect macs(full) = 637_962_432
}
