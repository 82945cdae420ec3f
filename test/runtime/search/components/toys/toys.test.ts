import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../../../../src/runtime/index.js'
import { readRun } from '../../../../../src/runtime/run/run-directory.js'
import { augmentations } from '../../../../../src/runtime/search/components/augmentations/index.js'
import { costs } from '../../../../../src/runtime/search/components/costs/index.js'
import { derivations } from '../../../../../src/runtime/search/components/derivations/index.js'
import { objectives } from '../../../../../src/runtime/search/components/objectives/index.js'
import { optimisers } from '../../../../../src/runtime/search/components/optimisers/index.js'
import { relaxations } from '../../../../../src/runtime/search/components/relaxations/index.js'
import { samplers } from '../../../../../src/runtime/search/components/samplers/index.js'
import { schedules } from '../../../../../src/runtime/search/components/schedules/index.js'
import { scores } from '../../../../../src/runtime/search/components/scores/index.js'
import { settings } from '../../../../../src/runtime/search/components/settings/index.js'
import { givenPhase } from '../../../../../src/runtime/search/phases/given-phase.js'
import { runPhases } from '../../../../../src/runtime/search/phases/phases.js'
import { compiledText } from '../../../../support/programs.js'
import { scoredSession } from '../../../../support/scored-search.js'
import { finished } from '../../../../support/tiny-runs.js'
import { writeTinyData } from '../../../../support/tiny-data.js'
import { cheapest } from './cheapest.js'
import { descent } from './descent.js'
import { dimmed } from './dimmed.js'
import { errorRate } from './error-rate.js'
import { halving } from './halving.js'
import { lastOption } from './last-option.js'
import { negative } from './negative.js'
import { nodes } from './nodes.js'
import { slower } from './slower.js'
import { smallLogits } from './small-logits.js'
import { tallyPhase } from './tally-phase.js'
import { twice } from './twice.js'

// The rows of these components, which in the source stand in the tables themselves.
Object.assign(augmentations, { negative })
// Which costs there are is said by the language: this one takes the place of another.
Object.assign(costs, { 'parameters.expected': nodes })
Object.assign(derivations, { cheapest, last_option: lastOption })
Object.assign(objectives, { small_logits: smallLogits })
Object.assign(optimisers, { descent })
Object.assign(relaxations, { dimmed })
Object.assign(samplers, { twice })
Object.assign(schedules, { halving })
Object.assign(scores, { error_rate: errorRate })
Object.assign(settings, { slower })

/** A search of toys, but for its cross-entropy. */
const program = (derivation: string): string => `
import { conv, global_pool, identity, linear } from std:nn
import std:search
extern relaxation dimmed(by: schedule)
extern sampler twice()
extern objective small_logits()
extern schedule halving(from: real)
extern optimiser descent(lr: schedule)
extern derivation last_option()
extern derivation cheapest(of: int)
extern score error_rate()
extern augmentation negative()
extern setting slower(by: real) in train weights
space chain {
  input image(8, 1); classes 3
  network {
    stem conv(2)
    stage a { width 2; depth 2; layer one of { identity, conv(channels, 1) } }
    head global_pool -> linear(classes)
  }
}
search toys of chain {
  relax    all by dimmed(by: halving(2))
  sample   twice
  minimise cross_entropy + 0.01 * small_logits + parameters.expected
  train weights on 50% { descent(lr: halving(0.2)), clip 5, slower 2 }
  train choices on 25% { descent(lr: 0.1) }
  validate on 25%
  score    error_rate
  derive   ${derivation}
  augment negative; calibrate 1; epochs 2; batch 8; examples 32
}`

const folder = mkdtempSync(join(tmpdir(), 'nasc-toys-'))
const data = join(folder, 'data')
beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function searched(derivation: string) {
  const out = join(folder, derivation)
  const result = finished(await run(compiledText(program(derivation)), { backend: 'cpu', data, out, seed: 5 }))
  return { result, events: readRun(out).events() }
}

describe('a component of every kind, each a file and a row', () => {
  it('trains by toys, and derives by one that reads evidence', async () => {
    const { events } = await searched('last_option')
    const epochs = events.filter((event) => event.type === 'phase-epoch')
    expect(epochs.map(({ figures }) => figures['learning_rate.weights'])).toEqual([0.1, 0.05])
    // Input, stem, pool and classifier, and two options in each of two layers.
    expect(epochs.map(({ figures }) => figures['parameters_expected.weights'])).toEqual([8, 8])
    expect(epochs.map(({ figures }) => (figures['small_logits.weights'] ?? 0) > 0)).toEqual([true, true])
    const derived = events.find((event) => event.type === 'architecture-derived')
    expect(derived?.decisions).toEqual({ 'a.layer[1]': [1], 'a.layer[2]': [1] })
  })

  it('judges by a toy, and derives by one that scores', async () => {
    const { events } = await searched('cheapest(of: 2)')
    const scored = events.filter((event) => event.type === 'architecture-scored')
    expect(scored).toHaveLength(2)
    for (const { score, scores: measured } of scored) {
      expect(measured['error_rate']).toBe(1 - (measured['accuracy'] ?? NaN))
      expect(score).toBe(-(measured['error_rate'] ?? NaN))
    }
    const derived = events.find((event) => event.type === 'architecture-derived')
    expect(derived?.macs).toBe(Math.min(...scored.map(({ macs }) => macs)))
  })

  it('goes through a phase of its own', async () => {
    const session = await scoredSession('argmax', data, join(folder, 'phase'), (test) => test)
    const decisions = { 'a.layer[1]': [3], 'a.layer[2]': [0], 'a.layer[3]': [3] }
    const outcome = await runPhases(session, undefined, () => [givenPhase({ name: 'given', decisions }), tallyPhase])
    const stored = session.directory.newestCheckpoint()
    session.directory.close()
    session.engine.dispose()
    expect(outcome.kind).toBe('finished')
    expect(stored?.checkpoint.state).toMatchObject({ phase: 'tally', results: { tally: 1 } })
  })
})
