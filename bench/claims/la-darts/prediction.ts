import { mean } from '../../statistics.js'
import type { Claim, MeasuredRow } from '../claim.js'
import { fitPredictor, measureArchitectures, type Fitted, type FitQuality } from './program.js'

/** What a prediction is judged beside: the predictor first. */
const predictors: readonly { readonly label: string; readonly of: (fitted: Fitted) => FitQuality }[] = [
  { label: 'mlp(128, 64)', of: (fitted) => fitted },
  { label: 'a straight line over multiply-accumulates', of: ({ baselines }) => baselines.macs },
  { label: 'a cost for each option', of: ({ baselines }) => baselines.oneHot },
  { label: 'the mean', of: ({ baselines }) => baselines.constant },
]

/**
 * Xu et al., LA-DARTS, arXiv 2001.06392: latencies are told with a relative error below 10 % by a network that reads an encoding of
 * the architecture. In a space whose latencies lie close together that is no feat, so the claim is measured beside what is simpler.
 */
export const prediction: Claim = {
  paper: 'la-darts',
  name: 'prediction',
  says:
    'Latencies of architectures that were held out are told with a relative error below 10 %, and below that of each baseline, ' +
    'in the mean over the seeds',
  setting:
    '2,000 random architectures of `bench/claims/la-darts/latency.nas`, 3 cells and 8 channels, one MNIST image on one thread; a ' +
    'seed holds a fifth of them out. The paper measures 100,000 on a GPU.',
  async measure({ seeds, progress }) {
    await measureArchitectures(progress)
    const fits: Fitted[] = []
    for (const seed of seeds) {
      const fitted = await fitPredictor(seed)
      progress(`seed ${String(seed)}: off by ${(100 * fitted.relativeError).toFixed(2)} %`)
      fits.push(fitted)
    }
    const errors = predictors.map(({ of }) => fits.map((fitted) => of(fitted).relativeError))
    const [own = NaN, ...others] = errors.map(mean)
    return {
      rows: predictors.flatMap(({ label, of }, index): MeasuredRow[] => [
        { label: `${label}, relative error`, unit: 'share', values: errors[index] ?? [] },
        { label: `${label}, Kendall's tau`, unit: 'ratio', values: fits.map((fitted) => of(fitted).kendallTau ?? 0) },
      ]),
      holds: own < 0.1 && others.every((other) => own < other),
    }
  },
}
