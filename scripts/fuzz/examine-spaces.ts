import { Failure } from '../../src/catalogue/failure.js'
import {
  costHistogram,
  countArchitectures,
  countDistinct,
  costRange,
  sampler,
  type AnalysisOptions,
} from '../../src/analysis/index.js'
import { printArchitecture } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { ElaborationFailure, resolveParams } from '../../src/space/index.js'

/**
 * Asks what `nasc count`, `cost` and `sample` ask of every space of a program. What they refuse in words is fine.
 *
 * @throws whatever a command would end with exit code 70 for
 */
export function examineSpaces(ir: Ir): void {
  // Few states, so that an input that is too large says so soon.
  const options = { params: resolveParams(ir, {}), mostStates: 2000 }
  for (const { id } of ir.spaces) {
    for (const question of questions) {
      try {
        question(ir, id, options)
      } catch (failure) {
        if (!(failure instanceof Failure || failure instanceof ElaborationFailure)) throw failure
      }
    }
  }
}

const questions: readonly ((ir: Ir, space: string, options: AnalysisOptions) => void)[] = [
  countArchitectures,
  countDistinct,
  (ir, space, options) => costRange(ir, space, options, 'macs'),
  (ir, space, options) => costHistogram(ir, space, options, 'parameters'),
  (ir, space, options) => {
    const { architecture } = sampler(ir, space, options, { where: [] }).draw(createRandom(1))
    printArchitecture(ir, architecture, 'drawn', options.params)
  },
]
