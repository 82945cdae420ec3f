import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeExport } from '../../../src/runtime/export/write-export.js'
import type { NetworkFacts } from '../../../src/runtime/export/facts.js'
import { temporaryFolder } from '../../support/folders.js'
import { chainOf, leaving } from '../../support/leaving-networks.js'

const tolerance = 1e-4
const { program, sample, logits } = leaving(chainOf('conv(6, 3) -> bn -> relu'))
const facts: NetworkFacts = {
  ...{ name: 'chain', space: 'chain', source: 'chain.nas', irHash: 'sha256:0', text: 'architecture chain of chain {}' },
  ...{ input: sample.shape, classes: sample.classes, parameters: 1, macs: 1, convention: 'conv-fc' },
  ...{ foldsNorms: false, version: '0', origin: { weights: 'initial', seed: 0 } },
}

describe('an export that does not compute the same', () => {
  const labels = Int32Array.from({ length: sample.count }, (_, image) => {
    const row = [...logits.subarray(image * sample.classes, (image + 1) * sample.classes)]
    return row.indexOf(Math.max(...row))
  })

  it.each([
    ['other logits', { sample, tolerance, logits: logits.map((each, i) => (i === 3 ? each + 0.01 : each)) }, 'NAS7651'],
    ['no numbers', { sample, tolerance, logits: logits.map(() => NaN) }, 'NAS7651'],
    [
      'images that it cannot read',
      { sample: { ...sample, shape: { height: 7, width: 9, channels: 4 } }, logits, tolerance },
      'NAS7652',
    ],
  ])('is not put in place: %s', async (_, expected, code) => {
    const folder = temporaryFolder()
    const out = join(folder, 'network.onnx')
    writeFileSync(out, 'old')
    await expect(writeExport({ format: 'onnx', out, program, facts, expected })).rejects.toMatchObject({ code })
    expect(readdirSync(folder)).toEqual(['network.onnx'])
    expect(readFileSync(out, 'utf8')).toBe('old')
  })

  it('is put in place with its card where it does', async () => {
    const folder = temporaryFolder()
    const out = join(folder, 'network.onnx')
    const { verification } = await writeExport({
      format: 'onnx',
      out,
      program,
      facts,
      expected: { sample, labels, logits, tolerance },
    })
    expect(verification).toMatchObject({ kind: 'verified', images: sample.count, accuracy: 1 })
    expect(readdirSync(folder)).toEqual(['network.onnx', 'network.onnx.md'])
    expect(readFileSync(`${out}.md`, 'utf8')).toContain('| checked | onnxruntime-')
  })
})
