import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { nasc, type Captured } from '../../support/captured.js'
import { writeTinyImages } from '../../support/tiny-mnist.js'

const darts = 'spaces/darts.nas'

describe('nasc train', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-train-'))
  const data = join(folder, 'data')
  const sizes = ['cells=3', 'width=2', 'epochs=1', 'batch=8'].flatMap((each) => ['--set', `retrain.${each}`])
  const small = ['--search', 'first_order', '--data', data, '--scale', 'quick', ...sizes]
  const run = join(folder, 'trained')
  let trained: Captured

  beforeAll(async () => {
    writeTinyImages(data, 64, 16)
    trained = await nasc('train', darts, '--arch', 'DARTS_V2', ...small, '--out', run, '--json')
  })

  it('trains an architecture of the file, tests it once, and keeps all of it', async () => {
    expect(trained.code, trained.err).toBe(0)
    const result = JSON.parse(trained.out)
    expect(result).toMatchObject({ run, architectures: [{ name: 'DARTS_V2' }] })
    expect(result).not.toHaveProperty('derivedAccuracy')
    expect(result.architecture).toContain('sep_conv(3) of s0, sep_conv(3) of s1')
    expect(readdirSync(join(run, 'architectures'))).toEqual(['DARTS_V2.nas'])
    const events = readFileSync(join(run, 'journal.jsonl'), 'utf8').trim().split('\n')
    const phases = events
      .map((line) => JSON.parse(line))
      .flatMap(({ type, phase }) => (type === 'phase-started' ? [phase] : []))
    expect(phases).toEqual(['retrain'])
    const evaluated = await nasc('eval', run, '--json')
    expect(JSON.parse(evaluated.out)).toMatchObject({
      weights: 'retrained',
      accuracy: result.retrainedAccuracy,
      samples: 16,
    })
  })

  it('trains what stands in a file of its own to the same bits', async () => {
    const again = join(folder, 'again')
    const file = join(run, 'architectures', 'DARTS_V2.nas')
    const { code, err } = await nasc('train', darts, '--arch', file, ...small, '--out', again, '--json')
    expect(code, err).toBe(0)
    const weights = (of: string): readonly string[] =>
      readdirSync(join(of, 'checkpoints'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /retrained.*bin$/u.test(name),
      )
    expect(weights(again)).toHaveLength(1)
    expect(weights(again)).toEqual(weights(run))
    const [name = ''] = weights(run)
    expect(readFileSync(join(again, 'checkpoints', name)).equals(readFileSync(join(run, 'checkpoints', name)))).toBe(
      true,
    )
  })

  it.each([
    ['no architecture', [], 2, '--arch NAME'],
    ['an unknown one', ['--arch', 'DARTS_V3'], 2, 'DARTS_V2'],
    ['an unknown scale', ['--arch', 'DARTS_V2', '--search', 'first_order', '--scale', 'huge'], 2, 'quick'],
  ] as const)('refuses %s', async (_what, args, code, words) => {
    const refused = await nasc('train', darts, ...args)
    expect(refused.code).toBe(code)
    expect(refused.err).toContain(words)
  })
})
