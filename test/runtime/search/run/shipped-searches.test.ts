import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { checkProgram } from '../../../../scripts/docs/cases.js'
import type { Host } from '../../../../src/compiler/modules/host.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import type { Ir } from '../../../../src/ir/model/ir.js'
import { resume, run } from '../../../../src/runtime/index.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { openDraws } from '../../../../src/runtime/search/measurements/measured-space.js'
import { printMeasurements } from '../../../../src/runtime/search/measurements/measurements-file.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { eventsOf } from '../../../support/killed-runs.js'
import { largeSearches, smallestSizes } from '../../../support/shipped-searches.js'
import { comparableOutcome, Crash, crashAfter, finished } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-shipped-'))
const data = join(folder, 'data')
const measurements = join(folder, 'measurements.csv')

/** The shipped files, with measurements that are there. */
const host: Host = {
  ...nodeHost(),
  read: (path) => nodeHost().read(path)?.replace('latency/this-machine.csv', measurements),
}
const programs = readdirSync('spaces')
  .filter((name) => name.endsWith('.nas'))
  .map((name) => ({ name, ...checkProgram(`spaces/${name}`, host) }))
const searches = programs.flatMap(({ name, value }) =>
  (value?.searches ?? []).map((search) => ({ file: name, ir: value, search: search.name })),
)

beforeAll(async () => {
  await buildKernels()
  writeTinyData(data)
  const predicting = searches.find(({ file }) => file === 'la-darts.nas')
  if (predicting?.ir) writeMeasurements(predicting.ir, predicting.search)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Of as few architectures as a predictor is fitted to. */
function writeMeasurements(ir: Ir, search: string): void {
  const { plan, standaloneParams, choices } = resolveSearch(ir, { search, scale: 'quick' })
  const networks = { ir, space: plan.space, params: standaloneParams, choices: choices() }
  const draw = openDraws(networks)
  const rows = Array.from({ length: 24 }, (_, index) => ({
    ...{ place: '', value: 1 + (index % 5) },
    decisions: draw(createRandom(index)),
  }))
  const decisions = networks.choices.explored.map(({ decision }) => decision)
  writeFileSync(measurements, printMeasurements({ setting: {}, rows }, decisions))
}

describe('shipped searches', () => {
  it('are refused nothing, in any scale', () => {
    expect(programs.flatMap(({ diagnostics }) => diagnostics)).toEqual([])
  })

  it('are those that are run below, and large ones of parts that are run elsewhere', () => {
    const small = Object.values(smallestSizes).flatMap(Object.keys)
    expect([...new Set(searches.map(({ search }) => search))].sort()).toEqual(
      [...new Set([...small, ...Object.keys(largeSearches)])].sort(),
    )
    const tests = readdirSync('test/runtime/search/run')
    expect(Object.values(largeSearches).filter((name) => !tests.includes(name))).toEqual([])
  })

  const small = searches.filter(({ search }) => largeSearches[search] === undefined)
  it.each(small)('$search of $file, killed at three moments and resumed: the same bits', async (each) => {
    const { file, ir, search } = each
    if (ir === undefined) throw new Error(`${file} does not compile`)
    const set = smallestSizes[file]?.[search]
    if (set === undefined) throw new Error(`how small ${search} of ${file} can be is not said`)
    const options = {
      search,
      scale: 'quick',
      set,
      data,
      backend: 'wasm',
      threads: 1,
      seed: 1,
      checkpointEvery: 2,
    } as const
    const [whole, killed] = [join(folder, `${search}-whole`), join(folder, `${search}-killed`)]
    const looks = crashAfter(Infinity)
    const unbroken = finished(await run(ir, { ...options, out: whole, signal: looks.signal }))
    const killedAfter = (part: number) => ({ checkpointEvery: 2, signal: crashAfter(Math.max(1, part)).signal })
    await expect(run(ir, { ...options, out: killed, ...killedAfter(1) })).rejects.toThrow(Crash)
    // In the middle, and towards the end of what is left then.
    for (const part of [2, 3]) {
      await expect(resume(killed, killedAfter(Math.floor(looks.seen() / part)))).rejects.toThrow(Crash)
    }
    expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(comparableOutcome(whole, unbroken))
    expect(eventsOf(killed).filter((type) => type === 'run-resumed')).toHaveLength(3)
    for (const each of [whole, killed]) rmSync(each, { recursive: true })
  })
})
