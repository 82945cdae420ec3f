//! Cells that others published in the space of DARTS, on CIFAR-10. Those of DARTS itself are in darts.nas, and all of them on
//! ImageNet in darts-imagenet.nas.
//!
//! The genotypes are those of the official code of each paper. Figures are computed by us: exact, but not compared with a
//! publication.

import std:cells
import { darts } from "./darts.nas"

/// PC-DARTS (Xu et al., ICLR 2020), found on ImageNet.
architecture PC_DARTS_image of darts {
  normal    { n1: skip of s1, sep_conv(3) of s0; n2: sep_conv(3) of s0, skip of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s1, dil_conv(5) of n3 }
  reduction { n1: sep_conv(3) of s0, skip of s1; n2: dil_conv(5) of n1, max_pool(3) of s1; n3: sep_conv(3) of n1, sep_conv(3) of s1; n4: sep_conv(5) of s0, sep_conv(3) of n2 }
  with cells = 20, width = 36
  expect parameters = 3_721_510
  expect macs = 570_466_944
}

/// P-DARTS (Chen, Xie, Wu, Tian, ICCV 2019).
architecture PDARTS of darts {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s0, dil_conv(5) of n3 }
  reduction { n1: avg_pool(3) of s0, sep_conv(5) of s1; n2: sep_conv(3) of s0, dil_conv(5) of n1; n3: max_pool(3) of s0, dil_conv(3) of s1; n4: dil_conv(3) of s1, dil_conv(5) of n2 }
  with cells = 20, width = 36
  expect parameters = 3_433_798
  expect macs = 532_174_464
}

/// DOTS (Gu et al., CVPR 2021), found on CIFAR-10.
architecture DOTS_C10 of darts {
  normal    { n1: skip of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1; n3: sep_conv(3) of s0, sep_conv(3) of s1; n4: skip of s1, dil_conv(3) of n2 }
  reduction { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: max_pool(3) of s0, max_pool(3) of s1; n3: max_pool(3) of s0, dil_conv(5) of n2; n4: max_pool(3) of s0, dil_conv(5) of n3 }
  with cells = 20, width = 36
  expect parameters = 3_526_030
  expect macs = 546_662_016
}

/// DOTS, found on CIFAR-100.
architecture DOTS_C100 of darts {
  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, sep_conv(3) of n2; n4: sep_conv(3) of s1, dil_conv(3) of n3 }
  reduction { n1: avg_pool(3) of s0, avg_pool(3) of s1; n2: sep_conv(5) of s0, sep_conv(5) of s1; n3: sep_conv(3) of s0, dil_conv(5) of n2; n4: sep_conv(3) of n2, dil_conv(3) of n3 }
  with cells = 20, width = 36
  expect parameters = 4_009_438
  expect macs = 614_344_320
}

/// DOTS, found on ImageNet.
architecture DOTS_ImageNet of darts {
  normal    { n1: dil_conv(5) of s0, skip of s1; n2: skip of s0, sep_conv(3) of s1; n3: sep_conv(3) of s0, sep_conv(3) of s1; n4: sep_conv(3) of s0, sep_conv(5) of s1 }
  reduction { n1: sep_conv(5) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(5) of s1; n3: max_pool(3) of s0, dil_conv(5) of n2; n4: sep_conv(3) of s0, max_pool(3) of s1 }
  with cells = 20, width = 36
  expect parameters = 3_750_454
  expect macs = 581_083_776
}

/// ISTA-NAS (Yang et al., NeurIPS 2020), in two stages.
architecture ISTA_twostage of darts {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: sep_conv(5) of s0, dil_conv(3) of n1; n3: dil_conv(3) of s1, sep_conv(3) of s0; n4: sep_conv(3) of n1, skip of s0 }
  reduction { n1: avg_pool(3) of s0, sep_conv(5) of s1; n2: dil_conv(5) of n1, max_pool(3) of s1; n3: dil_conv(5) of n2, sep_conv(3) of s1; n4: dil_conv(5) of n3, sep_conv(5) of s1 }
  with cells = 20, width = 36
  expect parameters = 3_316_726
  expect macs = 515_226_240
}

/// ISTA-NAS, in one stage.
architecture ISTA_onestage of darts {
  normal    { n1: skip of s0, dil_conv(3) of s1; n2: sep_conv(3) of s1, dil_conv(5) of n1; n3: avg_pool(3) of n2, sep_conv(3) of s1; n4: sep_conv(5) of s1, sep_conv(3) of n1 }
  reduction { n1: avg_pool(3) of s0, max_pool(3) of s1; n2: skip of s0, max_pool(3) of s1; n3: sep_conv(5) of s1, avg_pool(3) of s0; n4: max_pool(3) of s0, dil_conv(5) of n1 }
  with cells = 20, width = 36
  expect parameters = 3_363_598
  expect macs = 532_257_408
}

/// ISTA-NAS, found on ImageNet.
architecture ISTA_ImageNet of darts {
  normal    { n1: sep_conv(3) of s1, sep_conv(3) of s0; n2: sep_conv(3) of s1, skip of n1; n3: sep_conv(3) of s1, sep_conv(3) of s0; n4: sep_conv(3) of s1, dil_conv(5) of n3 }
  reduction { n1: skip of s0, sep_conv(3) of s1; n2: dil_conv(5) of n1, sep_conv(3) of s0; n3: sep_conv(3) of s0, skip of n1; n4: sep_conv(3) of n1, skip of n2 }
  with cells = 20, width = 36
  expect parameters = 4_017_862
  expect macs = 618_519_168
}
