import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { graphModel, weightsFile } from '../../../src/runtime/export/formats/tensorflow/graph-model.js'
import { runTfjs } from '../../../src/runtime/export/verify/tfjs.js'
import { temporaryFolder } from '../../support/folders.js'
import { chainOf, leaving, primitiveChains, type Leaving } from '../../support/leaving-networks.js'
import { relativeDifference } from '../../support/numbers.js'

beforeAll(async () => {
  await buildKernels()
})

async function differenceInTfjs({ program, sample, logits }: Leaving): Promise<number> {
  const folder = temporaryFolder()
  const { model, weights } = graphModel(program, {})
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model))
  writeFileSync(join(folder, weightsFile), weights)
  const result = await runTfjs(folder, sample, program)
  return result.kind === 'ran' ? relativeDifference(logits, result.logits) : NaN
}

describe('networks in TensorFlow.js', () => {
  it.each(Object.entries(primitiveChains))('%s: the logits of the reference', async (_, layers) => {
    for (const foldsNorms of [false, true]) {
      expect(await differenceInTfjs(leaving(chainOf(layers), foldsNorms))).toBeLessThan(1e-4)
    }
  })

  it('take more images than are run at once', async () => {
    expect(await differenceInTfjs(leaving(chainOf('conv(3)'), false, 53))).toBeLessThan(1e-4)
  })
})
