import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { torchNetwork } from '../../../src/runtime/export/formats/pytorch/module.js'
import { encodeSafetensors } from '../../../src/runtime/export/formats/safetensors/encode.js'
import { runJobs, runPytorch, type TorchJob } from '../../../src/runtime/export/verify/pytorch.js'
import { temporaryFolder } from '../../support/folders.js'
import { chainOf, leaving, primitiveChains, type Leaving } from '../../support/leaving-networks.js'
import { relativeDifference } from '../../support/numbers.js'

afterEach(() => {
  vi.unstubAllEnvs()
})

function written({ program, sample }: Leaving, folder: string): TorchJob {
  mkdirSync(folder)
  const { text, tensors } = torchNetwork(program)
  const [model, weights] = [join(folder, 'model.py'), join(folder, 'model.safetensors')]
  writeFileSync(model, text)
  writeFileSync(weights, encodeSafetensors(tensors, { of: 'a test' }))
  return { model, weights, sample }
}

describe('networks in PyTorch', () => {
  it('give the logits of the reference, whatever they are made of', async ({ skip }) => {
    const networks = Object.entries(primitiveChains).flatMap(([name, layers]) =>
      [false, true].map((folds) => ({ name, folds, leaving: leaving(chainOf(layers), folds) })),
    )
    const folder = temporaryFolder()
    const ran = await runJobs(networks.map(({ leaving }, i) => written(leaving, join(folder, String(i)))))
    if (ran === undefined) return skip('there is no Python with torch and safetensors; NASC_PYTHON names one')
    const far = networks.flatMap(({ name, folds, leaving: { logits } }, i) => {
      const difference = relativeDifference(logits, ran.logits[i] ?? [])
      return difference < 1e-4 ? [] : [`${name}, norms folded: ${String(folds)}: ${String(difference)}`]
    })
    expect(far).toEqual([])
  }, 120_000)

  it('say that they are not checked where there is no PyTorch', async () => {
    vi.stubEnv('NASC_PYTHON', join(temporaryFolder(), 'python'))
    const network = leaving(chainOf('conv(3)'))
    const folder = join(temporaryFolder(), 'network')
    written(network, folder)
    expect(await runPytorch(folder, network.sample, network.program)).toMatchObject({
      kind: 'absent',
      install: expect.stringContaining('pip install torch safetensors') as string,
    })
  })
})
