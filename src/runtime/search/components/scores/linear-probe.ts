import { mirrored } from '../augmentations/flip.js'
import { croppedTo } from '../augmentations/random-resized-crop.js'
import { sgdEmission } from '../optimisers/sgd.js'
import { uniformPath } from '../samplers/uniform.js'
import { openSchedule } from '../schedules/index.js'
import type { ScoreComponent } from './score.js'

/**
 * Accuracy of a linear classifier on what the frozen supernet makes of an image (Peng et al., Pi-NAS, ICCV 2021): one for all
 * architectures, trained with batch statistics through a uniformly drawn path in each step, by SGD with momentum 0.9 and no decay on
 * random crops and mirror images. Statistics of batch norms are measured anew for each architecture that is judged.
 */
export const linearProbe: ScoreComponent = (read) => ({
  ...{ kind: 'evaluated', measure: 'accuracy', better: 'higher' },
  value: (evaluation) => evaluation.accuracy,
  probe: {
    epochs: read.number('epochs', { least: 1, integer: true }),
    batch: read.number('batch', { least: 1, integer: true }),
    optimiser: sgdEmission({ momentum: 0.9, decay: 0, nesterov: false }),
    learningRate: openSchedule(read.component('lr'), read.clause),
    augmentations: [
      { name: 'crop', apply: croppedTo({ from: 0.08, to: 1 }) },
      { name: 'flip', apply: mirrored },
    ],
    draw: uniformPath,
  },
  calibration: read.number('calibrated', { least: 1, integer: true }),
})
