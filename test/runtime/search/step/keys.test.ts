import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src/runtime/backend/choose.js'
import { openDataset } from '../../../../src/runtime/data/dataset.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { createRun } from '../../../../src/runtime/run/run-directory.js'
import { openSession } from '../../../../src/runtime/search/run/open-session.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { splitData } from '../../../../src/runtime/search/run/split-data.js'
import { weightsPlan } from '../../../../src/runtime/search/settings/judging.js'
import { openSupernet } from '../../../../src/runtime/search/step/supernet.js'
import { openUpdate } from '../../../../src/runtime/search/step/update.js'
import { contrastIr } from '../../../support/contrast-search.js'
import { newRun } from '../../../support/sample-run.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-keys-'))
const data = join(folder, 'data')
beforeAll(() => {
  writeTinyData(data)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const momentum = 0.9
const queue = { rows: 24, dim: 5, batch: 16 }
const at = (step: number) => ({ epoch: 0, epochs: 2, step, steps: 3 })

let opened = 0
/** The search, ready to run steps one by one. */
async function openSteps(followed?: 'all' | 'active_path') {
  const search = resolveSearch(contrastIr(16, followed), { scale: 'tiny' })
  const split = splitData(await openDataset(data), search.plan, createRandom(3))
  const directory = createRun({ ...newRun, out: join(folder, `run-${String(opened++)}`), split: split.split })
  const engine = await openEngine({ backend: 'cpu' })
  const session = openSession({ search, directory, data: split, engine, secondsBefore: 0, options: {} })
  const supernet = openSupernet(session)
  const update = openUpdate(session, supernet, 'weights', weightsPlan(search.plan))
  return { update, snapshot: () => copied(supernet.steps.snapshot()) }
}

function copied(arrays: ReadonlyMap<string, Float32Array>): ReadonlyMap<string, readonly number[]> {
  return new Map([...arrays].map(([name, values]) => [name, [...values]]))
}

const isWeight = (name: string): boolean => !/#|\.mean$|\.variance$|^queue\//u.test(name)

/** How often the weights of the teacher moved in the second step, by name: of those whose move can be told from none. */
async function movesOfTeacher(followed?: 'all' | 'active_path'): Promise<ReadonlyMap<string, number>> {
  const { update, snapshot } = await openSteps(followed)
  update.run(at(0))
  const first = snapshot()
  update.run(at(1))
  const second = snapshot()
  const times = new Map<string, number>()
  for (const [name, values] of second) {
    if (!name.startsWith('teacher/') || !isWeight(name)) continue
    const student = first.get(name.slice('teacher/'.length))
    const before = first.get(name)
    // What no step before has named starts as the supernet, and stays so.
    if (student === undefined || before === undefined) continue
    const found = [0, 1, 2].find((count) => {
      const kept = momentum ** count
      return values.every((value, i) => Math.abs(value - (kept * before[i]! + (1 - kept) * student[i]!)) < 1e-6)
    })
    expect(found, name).toBeDefined()
    if (student.some((value, i) => Math.abs(value - before[i]!) > 1e-4)) times.set(name, found ?? -1)
  }
  return times
}

/** How often anything moved of what all paths take (stem, neck), and of the blocks. */
function movedTimes(times: ReadonlyMap<string, number>): {
  readonly shared: Set<number>
  readonly blocks: Set<number>
} {
  const isShared = (name: string): boolean => /stem|neck/u.test(name)
  const of = (wanted: boolean): Set<number> =>
    new Set([...times].flatMap(([name, count]) => (isShared(name) === wanted ? [count] : [])))
  return { shared: of(true), blocks: of(false) }
}

describe('a teacher of the active path', () => {
  it('starts as the supernet, and moves by momentum what a path takes: twice what both take, nothing else', async () => {
    const times = movedTimes(await movesOfTeacher())
    expect(times).toEqual({ shared: new Set([2]), blocks: new Set([0, 1]) })
  })

  it('has running statistics of its own', async () => {
    const { update, snapshot } = await openSteps()
    update.run(at(0))
    const after = snapshot()
    const [name = ''] = [...after.keys()].filter((each) => each.endsWith('.mean') && !each.startsWith('teacher/'))
    expect(after.get(`teacher/${name}`)).toBeDefined()
    expect(after.get(`teacher/${name}`)).not.toEqual(after.get(name))
  })
})

describe('a teacher of all paths', () => {
  it('moves what any path of the step takes before it embeds each of them: twice, and nothing that none takes', async () => {
    const { shared, blocks } = movedTimes(await movesOfTeacher('all'))
    expect(shared).toEqual(new Set([2]))
    expect(blocks).toEqual(new Set([0, 2]))
  })
})

describe('a queue of keys', () => {
  it('takes in a batch after every step, in place of the oldest, and no key is longer than 1', async () => {
    const { update, snapshot } = await openSteps()
    const rows = (): readonly (readonly number[])[] => {
      const values = snapshot().get('queue/keys') ?? []
      return Array.from({ length: queue.rows }, (_, row) => values.slice(row * queue.dim, (row + 1) * queue.dim))
    }
    update.run(at(0))
    const first = rows()
    update.run(at(1))
    const second = rows()
    const changed = first.flatMap((row, place) =>
      row.every((value, i) => value === second[place]?.[i]) ? [] : [place],
    )
    // The second batch of 16 goes on behind the first, and wraps around the 24 rows.
    expect(changed).toEqual([...Array(8).keys(), ...Array.from({ length: 8 }, (_, i) => 16 + i)])
    const norms = second.map((row) => Math.hypot(...row))
    expect(Math.max(...norms)).toBeLessThanOrEqual(1 + 1e-6)
    // Those that a step has not replaced yet were drawn with length 1; means of two keys are shorter.
    first.slice(16).forEach((row) => expect(Math.hypot(...row)).toBeCloseTo(1, 6))
    expect(norms.filter((norm) => norm < 1 - 1e-6).length).toBe(queue.rows)
  })
})
