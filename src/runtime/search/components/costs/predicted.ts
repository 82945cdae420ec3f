import { Failure } from '../../../../catalogue/failure.js'
import type { CostEmission, CostPass } from '../../../plan/cost.js'
import type { ValueId } from '../../../program/program.js'
import { layoutOf, type ChoiceSpace } from '../encoding/choice-space.js'
import { emitEncoding } from '../encoding/emit-encoding.js'
import { encodingOf } from '../encoding/encoding.js'
import { emitMeanChoices } from '../encoding/mean-choices.js'
import { printCost, type CostUse } from '../formula.js'
import { emitMean, emitPrediction } from '../predictors/fitted.js'
import { openPredictor } from '../predictors/index.js'
import type { CostContext } from './cost.js'

/**
 * What the predictor of a search says: of the mean code of the choices as they are weighted (`latency.expected`), which is none
 * of those that it was fitted to, or the mean over all that it was fitted to (`latency.reference`).
 *
 * @throws Failure as the predictor, where an argument is wrong; NAS7646 where it is fitted to scores
 */
export function predictedCost(
  use: CostUse,
  { name, by }: NonNullable<CostContext['predictor']>,
  space: () => ChoiceSpace,
): CostEmission {
  const predictor = openPredictor(by, `predictor ${name}`)
  if (predictor.measurements === undefined)
    throw new Failure(
      'predictor-does-not-fit',
      { clause: 'minimise', component: name, reason: 'it is fitted to scores, and what is minimised is a cost' },
      {
        help: `Take \`${name}\` out of it, or fit the predictor to measurements: \`fitted to measurements "latency.csv"\`.`,
      },
    )
  const key = `${printCost(use)} ${predictor.key}`
  const predictions = ({ builder, variables }: CostPass, taken: ValueId): ValueId => {
    const codes = emitEncoding(builder, encodingOf(space()), layoutOf(space()), taken)
    return emitPrediction({ builder, variables }, { name, predictor }, codes)
  }
  if (use.variant === 'reference') {
    return { key, emit: ({ builder, variables }) => emitMean(builder, variables, name) }
  }
  return {
    key,
    emit: (pass) =>
      pass.builder.one('reshape', [predictions(pass, emitMeanChoices(pass, layoutOf(space())))], { shape: [] }),
    emitDrawn: (pass, { taken, count }) => {
      const { builder } = pass
      const all = predictions(pass, taken)
      return Array.from({ length: count }, (_, row) =>
        builder.one('reshape', [builder.one('slice_channels', [all], { from: row, to: row + 1 })], { shape: [] }),
      )
    },
  }
}
