import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src/runtime/backend/choose.js'
import { rank, run, type RankOptions, type RankResult } from '../../../src/runtime/index.js'
import { heldOutImages } from '../../../src/runtime/search/step/held-out.js'
import { openMembers } from '../../../src/runtime/rank/members.js'
import { scoreArchitectures } from '../../../src/runtime/rank/score-architectures.js'
import { readRun } from '../../../src/runtime/run/run-directory.js'
import { readScores } from '../../../src/runtime/run/score-store.js'
import { reopen } from '../../../src/runtime/search/run/resume-run.js'
import { failureOf } from '../../support/failures.js'
import { compileScored } from '../../support/scored-search.js'
import { writeTinyData } from '../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-score-'))
const at = (name: string): string => join(folder, name)
const engine = { backend: 'wasm', threads: 1 } as const

beforeAll(async () => {
  writeTinyData(at('data'))
  await run(compileScored('argmax'), { scale: 'tiny', ...engine, data: at('data'), out: at('run') })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ranked(name: string, options: RankOptions): Promise<RankResult> {
  const outcome = await rank(at(name), { ...engine, ...options })
  if (outcome.kind === 'interrupted') throw new Error('nothing was to stop it')
  return outcome.result
}

describe('scores of a supernet', () => {
  it('are those of the search on validation images, and no test image is read', async () => {
    const reader = readRun(at('run'))
    const { search, data } = await reopen(reader)
    const { test: _test, ...others } = data.dataset
    const dataset = {
      ...others,
      get test(): never {
        throw new Error('a test image was read')
      },
    }
    const unread = { ...data, dataset }
    const events = reader.events()
    const derived = events.find((event) => event.type === 'architecture-derived')
    const member = openMembers(search).of(derived?.decisions ?? {})
    const opened = await openEngine(engine)
    const images = heldOutImages(unread, reader.path)
    const site = { run: reader, search, data: unread, images, engine: opened, options: {}, known: new Map() }
    const scored = await scoreArchitectures(site, [member])
    opened.dispose()
    const judged = events.find((event) => event.type === 'evaluation' && event.split === 'validation')
    if (judged?.type !== 'evaluation') throw new Error('the search judged nothing')
    const { accuracy, loss, samples } = judged
    expect(scored.get(member.key)).toEqual({ accuracy, loss, decisions: member.decisions })
    expect(readScores(at('run')).map((each) => each.samples)).toEqual([samples])
  })

  it('are kept when they are stopped, and go on to the same', async () => {
    cpSync(at('run'), at('stopped'), { recursive: true })
    const whole = await ranked('run', { score: 3, seed: 4 })
    const controller = new AbortController()
    const stopped = await rank(at('stopped'), {
      ...{ ...engine, score: 3, seed: 4, signal: controller.signal },
      observe: (event) => event.type === 'phase-progress' && controller.abort(),
    })
    expect(stopped).toEqual({ kind: 'interrupted', run: at('stopped'), scored: 1, of: 3 })
    expect(readScores(at('stopped'))).toHaveLength(2)
    const { run: _stopped, ...result } = await ranked('stopped', { score: 3, seed: 4 })
    const { run: _whole, ...expected } = whole
    expect(result).toEqual(expected)
    expect(readScores(at('stopped'))).toEqual(readScores(at('run')))
  })

  it('are drawn without repetition, all where there are no more than that', async () => {
    const { architectures } = await ranked('run', { score: 7, seed: 1 })
    expect(new Set(architectures.map(({ decisions }) => JSON.stringify(decisions))).size).toBe(7)
  })
})

describe('images that supernets are judged by', () => {
  it('are those kept for that, or those of the choices, and never those of the weights', async () => {
    const { data } = await reopen(readRun(at('run')))
    const of = (split: Readonly<Record<string, readonly number[]>>) => heldOutImages({ ...data, split }, 'runs/a')
    expect(of({ weights: [0, 1], choices: [2], validation: [3, 4] })).toMatchObject({ part: 'validation', count: 2 })
    expect(of({ weights: [0, 1], choices: [2, 5, 6] })).toMatchObject({ part: 'choices', count: 3 })
    for (const split of [{ weights: [0, 1], choices: [0, 1] }, { weights: [0] }, { retrain: [0, 1] }]) {
      expect(await failureOf(() => of(split))).toMatchObject({ code: 'NAS7581' })
    }
  })
})
