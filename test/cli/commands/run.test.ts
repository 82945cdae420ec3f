import { mkdtempSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { nasc, type Captured } from '../../support/captured.js'
import { writeTinyImages } from '../../support/tiny-mnist.js'

const darts = 'spaces/darts.nas'

describe('nasc run, eval, cost of what was found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-test-'))
  const data = join(folder, 'data')
  const run = join(folder, 'run')
  const small = [
    ...['--data', data, '--scale', 'quick'],
    ...['cells=3', 'width=2', 'epochs=1', 'batch=8', 'examples=32'].flatMap((each) => ['--set', each]),
    ...['retrain.cells=3', 'retrain.width=2', 'retrain.epochs=1', 'retrain.batch=8'].flatMap((each) => ['--set', each]),
  ]
  let ran: Captured

  beforeAll(async () => {
    writeTinyImages(data, 64, 16)
    ran = await nasc('run', darts, ...small, '--out', run, '--json')
  })

  it('prints one JSON document with the fields of the contract, and progress on stderr', () => {
    expect(ran.code, ran.err).toBe(0)
    const result = JSON.parse(ran.out)
    expect(result.run).toContain(run)
    expect(result.architecture).toContain('architecture ')
    for (const field of ['derivedAccuracy', 'retrainedAccuracy']) {
      expect(result[field]).toBeGreaterThanOrEqual(0)
      expect(result[field]).toBeLessThanOrEqual(1)
    }
    for (const field of ['parameters', 'macs', 'seconds']) expect(result[field]).toBeGreaterThan(0)
    expect(ran.err).toMatch(/images\/s/)
  })

  it('leaves a run directory with everything in it', () => {
    const found = readdirSync(run)
    for (const name of ['run.json', 'journal.jsonl', 'checkpoints', 'architectures', 'report.html']) {
      expect(found).toContain(name)
    }
  })

  it('finds an architecture that can be costed from its own file', async () => {
    const [name = ''] = readdirSync(join(run, 'architectures'))
    const sets = ['--set', 'cells=3', '--set', 'width=2']
    const { code, out, err } = await nasc('cost', darts, '--arch', join(run, 'architectures', name), ...sets, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).parameters).toBeGreaterThan(0)
  })

  it('evaluates to the accuracies that the run ended with', async () => {
    const result = JSON.parse(ran.out)
    const retrained = await nasc('eval', run, '--json')
    expect(retrained.code, retrained.err).toBe(0)
    expect(JSON.parse(retrained.out)).toMatchObject({ accuracy: result.retrainedAccuracy, samples: 16 })
    const inherited = await nasc('eval', run, '--weights', 'inherited', '--json')
    expect(JSON.parse(inherited.out)).toMatchObject({ accuracy: result.derivedAccuracy, samples: 16 })
    const byFile = await nasc('eval', join(run, 'architectures', 'derived.nas'), '--weights', 'inherited', '--json')
    expect(JSON.parse(byFile.out)).toEqual(JSON.parse(inherited.out))
    const elsewhere = join(folder, 'found.nas')
    const text = readFileSync(join(run, 'architectures', 'derived.nas'), 'utf8')
    writeFileSync(elsewhere, `import darts from "${resolve('spaces/darts.nas')}"\n${text}`)
    const fromElsewhere = await nasc('eval', run, '--arch', elsewhere, '--json')
    expect(JSON.parse(fromElsewhere.out)).toEqual(JSON.parse(inherited.out))
    const whole = await nasc('eval', run, '--weights', 'supernet', '--json')
    expect(whole.code, whole.err).toBe(0)
    expect(JSON.parse(whole.out)).toMatchObject({ weights: 'supernet', samples: 16 })
    expect(JSON.parse(whole.out).parameters).toBeGreaterThan(JSON.parse(inherited.out).parameters)
    const forPeople = await nasc('eval', run)
    expect(forPeople.out).toMatch(/^\d+\.\d\d % of 16 test images, loss /)
  })

  it('takes no architecture where the supernet itself is evaluated', async () => {
    const { code, err } = await nasc('eval', run, '--weights', 'supernet', '--arch', 'DARTS_V2')
    expect(code).toBe(2)
    expect(err).toContain('--weights supernet')
  })

  it('does not overwrite a run', async () => {
    const before = readFileSync(join(run, 'run.json'), 'utf8')
    const { code, err } = await nasc('run', darts, ...small, '--out', run)
    expect(code).toBe(1)
    expect(err).toContain(run)
    expect(readFileSync(join(run, 'run.json'), 'utf8')).toBe(before)
  })

  it('says the same when a finished run is resumed', async () => {
    const { code, out, err } = await nasc('resume', run, '--json', '--quiet')
    expect(code, err).toBe(0)
    const { architecture, derivedAccuracy, retrainedAccuracy } = JSON.parse(ran.out)
    expect(JSON.parse(out)).toMatchObject({ architecture, derivedAccuracy, retrainedAccuracy })
  })

  it('names a data file that is cut short, a folder that is no run, data that are unknown', async () => {
    const torn = writeTinyImages(join(folder, 'torn'), 64, 16)
    truncateSync(join(torn, 'train-images-idx3-ubyte'), 100)
    const cut = await nasc('run', darts, '--scale', 'quick', '--data', torn, '--out', join(folder, 'never'))
    expect(cut.code).toBe(1)
    expect(cut.err).toContain('train-images-idx3-ubyte')
    const noRun = await nasc('resume', data)
    expect(noRun.code).toBe(1)
    expect(noRun.err).toContain(data)
    const unknown = await nasc('run', darts, '--scale', 'quick', '--data', 'mnits', '--out', join(folder, 'never'))
    expect(unknown.code).toBe(1)
    expect(unknown.err).toContain('mnits')
    for (const { err, out } of [cut, noRun, unknown]) {
      expect(out).toBe('')
      expect(err).not.toMatch(/\n\s+at /)
    }
    expect(readdirSync(folder)).not.toContain('never')
  })

  it('refuses an evaluation of a file that belongs to no run', async () => {
    const file = join(folder, 'lonely.nas')
    writeFileSync(file, 'architecture A of darts {}')
    const { code, err } = await nasc('eval', file)
    expect(code).toBe(2)
    expect(err).toContain('--arch')
  })
})
