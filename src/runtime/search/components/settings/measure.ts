import { Failure } from '../../../../catalogue/failure.js'
import { fewestMeasurements } from '../predictors/predictor.js'
import type { Setting } from './setting.js'

/** Where the search is silent: reconstructed for LA-DARTS (arXiv 2001.06392 was not read so far). */
export const measuredArchitectures = 2000
/** Where the search is silent: AttentiveNAS (Wang et al., CVPR 2021; remembered). */
const scoredArchitectures = 1024

/** Architectures that are measured where there is no file of measurements, or scored. */
export const measure = {
  read: (read) => read.number('architectures', { least: 2, integer: true }),
  parts: {
    predictor: {
      said: ['train predictor'],
      settle: (said, { predicts }) => said ?? (predicts === 'scores' ? scoredArchitectures : measuredArchitectures),
    },
  },
  check(count, { predicts }) {
    // A file may hold more than is asked for.
    if (predicts !== 'scores' || count >= fewestMeasurements) return
    const reason = `a predictor needs ${String(fewestMeasurements)} architectures, and ${String(count)} are scored`
    throw new Failure(
      'predictor-does-not-fit',
      { clause: 'train predictor', component: 'measure', reason },
      { help: `Say \`measure ${String(fewestMeasurements)}\` or more.` },
    )
  },
} satisfies Setting<number>
