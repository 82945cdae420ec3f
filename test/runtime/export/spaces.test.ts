import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { architectureOf } from '../../../src/architectures/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { exportFormats, type ExportFormatName } from '../../../src/runtime/export/formats/index.js'
import { exportUntrained } from '../../../src/runtime/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { temporaryFolder } from '../../support/folders.js'
import { compiledFile, compiledText } from '../../support/programs.js'
import { chain } from '../../support/spaces-of-tests.js'

beforeAll(async () => {
  await buildKernels()
})

const all = Object.keys(exportFormats) as readonly ExportFormatName[] // its keys, no others
// Starting Python takes seconds.
const quick: readonly ExportFormatName[] = ['onnx', 'tfjs']

const architectures: readonly (readonly [
  string,
  () => Ir,
  Readonly<Record<string, number>>,
  readonly ExportFormatName[],
])[] = [
  ['DARTS_V2', () => compiledFile('spaces/darts.nas'), { cells: 3, width: 4 }, all],
  ['best_cifar10', () => compiledFile('spaces/nas-bench-201.nas'), { repeats: 1, width: 4 }, quick],
  ['all_none', () => compiledFile('spaces/nas-bench-201.nas'), { repeats: 1, width: 4 }, quick],
  ['Wide', () => compiledText(chain), {}, quick],
]

describe('architectures with first values', () => {
  it.each(architectures)(
    '%s: the same logits elsewhere, batch norms folded and not',
    async (name, open, set, formats) => {
      const ir = open()
      const params = resolveParams(ir, set)
      const architecture = architectureOf(ir, name, params)
      for (const format of formats) {
        for (const foldsNorms of format === 'onnx' ? [false, true] : [false]) {
          const out = join(temporaryFolder(), 'network')
          const options = { format, out, name, architecture, params, foldsNorms, backend: 'wasm', images: 2 } as const
          const { verification } = await exportUntrained(ir, options)
          const isForeign = format === 'pytorch' || format === 'safetensors' || format === 'saved-model'
          expect(['verified', ...(isForeign ? ['not run'] : [])]).toContain(verification.kind)
        }
      }
    },
    60_000,
  )
})
