import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onnxModel } from '../../../src/runtime/export/formats/onnx/model.js'
import { runOnnx } from '../../../src/runtime/export/verify/onnxruntime.js'
import { temporaryFolder } from '../../support/folders.js'
import { chainOf, leaving, primitiveChains, type Leaving } from '../../support/leaving-networks.js'
import { relativeDifference } from '../../support/numbers.js'

async function differenceInOnnxruntime({ program, sample, logits }: Leaving): Promise<number> {
  const file = join(temporaryFolder(), 'network.onnx')
  writeFileSync(file, onnxModel(program, {}))
  const result = await runOnnx(file, sample, program)
  if (result.kind === 'absent') throw new Error('onnxruntime-web is a package of development: npm ci')
  expect(result.program).toMatch(/^onnxruntime-(web|node) \d/)
  return relativeDifference(logits, result.logits)
}

describe('networks in onnxruntime', () => {
  it.each(Object.entries(primitiveChains))('%s: the logits of the reference', async (_, layers) => {
    for (const foldsNorms of [false, true]) {
      expect(await differenceInOnnxruntime(leaving(chainOf(layers), foldsNorms))).toBeLessThan(1e-4)
    }
  })

  it('take more images than are run at once', async () => {
    expect(await differenceInOnnxruntime(leaving(chainOf('conv(3)'), false, 53))).toBeLessThan(1e-4)
  })
})
