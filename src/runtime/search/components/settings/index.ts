import { architectures } from './architectures.js'
import { augment } from './augment.js'
import { auxiliary } from './auxiliary.js'
import { batch } from './batch.js'
import { calibrate } from './calibrate.js'
import { choiceInit } from './choice-init.js'
import { choiceLr } from './choice-lr.js'
import { classesShare } from './classes-share.js'
import { clipValue } from './clip-value.js'
import { clip } from './clip.js'
import { cutout } from './cutout.js'
import { decayKernelsOnly } from './decay-kernels-only.js'
import { decay } from './decay.js'
import { dropConnect } from './drop-connect.js'
import { dropPath } from './drop-path.js'
import { epochs } from './epochs.js'
import { examples } from './examples.js'
import { frozen } from './frozen.js'
import { headDropout } from './head-dropout.js'
import { imageSide } from './image-side.js'
import { labelSmoothing } from './label-smoothing.js'
import { lr } from './lr.js'
import { measure } from './measure.js'
import { pretrain } from './pretrain.js'
import { secondOrder } from './second-order.js'
import { warmup } from './warmup.js'
import { zeroInitResidual } from './zero-init-residual.js'

/**
 * Settings by their names in `std:search`. Of two that act on the same the later one has the last word: a learning rate of choices
 * that the search says stands behind the one of their clause.
 */
export const settings = {
  epochs,
  batch,
  examples,
  lr,
  choice_lr: choiceLr,
  warmup,
  clip,
  clip_value: clipValue,
  decay,
  decay_kernels_only: decayKernelsOnly,
  classes_share: classesShare,
  image_side: imageSide,
  augment,
  cutout,
  architectures,
  drop_path: dropPath,
  drop_connect: dropConnect,
  head_dropout: headDropout,
  auxiliary,
  label_smoothing: labelSmoothing,
  zero_init_residual: zeroInitResidual,
  choice_init: choiceInit,
  frozen,
  second_order: secondOrder,
  calibrate,
  measure,
  pretrain,
}
