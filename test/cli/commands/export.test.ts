import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportNetwork } from '../../../src/runtime/index.js'
import { nasc } from '../../support/captured.js'
import { changedText } from '../../support/programs.js'
import { chain, written } from '../../support/spaces-of-tests.js'
import { writeTinyData } from '../../support/tiny-data.js'
import { runTiny } from '../../support/tiny-runs.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-exports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = join(folder, 'run')
beforeAll(async () => {
  await runTiny(writeTinyData(join(folder, 'data')), run)
}, 60_000)

describe('nasc export of a run', () => {
  it.each(['retrained', 'inherited'] as const)('%s weights: the accuracy of the run', async (weights) => {
    const out = join(folder, `${weights}.onnx`)
    const args = ['--to', 'onnx', '--weights', weights, '--backend', 'wasm', '--out', out, '--json']
    const { code, out: text, err } = await nasc('export', run, ...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { verification, files, parameters, macs } = JSON.parse(text)
    const evaluated = await nasc('eval', run, '--weights', weights, '--backend', 'wasm', '--json')
    const { accuracy, samples, ...others } = JSON.parse(evaluated.out)
    expect(verification).toMatchObject({ kind: 'verified', accuracy, images: samples })
    expect(verification.maxDifference).toBeLessThan(1e-4)
    expect(others).toMatchObject({ parameters, macs })
    expect(files).toEqual([out, `${out}.md`])
    const card = readFileSync(`${out}.md`, 'utf8')
    for (const part of ['sha256:', 'normalisation', 'budget', 'onnxruntime', 'architecture derived of']) {
      expect(card).toContain(part)
    }
  })

  it('takes an architecture in the folder of the run, and folds batch norms on request', async () => {
    const out = join(folder, 'folded.onnx')
    const file = join(run, 'architectures', 'derived.nas')
    const { code, out: text } = await nasc('export', file, '--to', 'onnx', '--fold', '--backend', 'wasm', '--out', out)
    expect(code).toBe(0)
    expect(text).toMatch(/^.*folded\.onnx: derived as onnx, retrained weights, .*\nChecked by onnxruntime-/)
    // Those behind pools, and behind convolutions that others read as well, are layers of their own in both.
    const norms = (path: string): number => readFileSync(path, 'latin1').split('/BatchNormalization').length
    expect(norms(out)).toBeLessThan(norms(join(folder, 'retrained.onnx')) / 2)
  })

  it('leaves the old file where it fails, and nothing aside', async () => {
    const out = join(folder, 'kept.onnx')
    writeFileSync(out, 'old')
    await expect(exportNetwork(run, { format: 'onnx', out, data: 'no-such-data' })).rejects.toMatchObject({
      name: 'Failure',
    })
    expect(readFileSync(out, 'utf8')).toBe('old')
    const place = await nasc('export', run, '--to', 'onnx', '--backend', 'wasm', '--out', folder)
    expect(place).toMatchObject({ code: 1, err: expect.stringContaining('NAS7653') as string })
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('nasc export of a program', () => {
  const { 'main.nas': file = '' } = written({ 'main.nas': chain })

  it('gives an architecture the first values of a seed', async () => {
    const out = join(folder, 'wide.onnx')
    const args = ['--arch', 'Wide', '--to', 'onnx', '--backend', 'wasm', '--out', out]
    const { code, out: text, err } = await nasc('export', file, ...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(text).toContain('nothing trained')
    const first = readFileSync(out)
    await nasc('export', file, ...args)
    expect(readFileSync(out).equals(first)).toBe(true)
    await nasc('export', file, ...args, '--seed', '1')
    expect(readFileSync(out).equals(first)).toBe(false)
  })

  it('says what does not go together, and what is missing', async () => {
    const weights = await nasc('export', file, '--arch', 'Wide', '--to', 'onnx', '--weights', 'inherited')
    expect(weights).toMatchObject({ code: 2, err: expect.stringContaining('--weights') as string })
    const none = await nasc('export', file, '--to', 'onnx')
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('--arch Small, Wide') as string })
    const { 'bad.nas': bad = '' } = written({ 'bad.nas': changedText(chain, ['width 8;', 'width height;']) })
    expect((await nasc('export', bad, '--arch', 'Wide', '--to', 'onnx')).code).toBe(1)
    expect(existsSync('Wide.onnx')).toBe(false)
  })
})
