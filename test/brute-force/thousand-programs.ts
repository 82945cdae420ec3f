import { expect } from 'vitest'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { recordedDraws } from './draws.js'
import { examine, type Outcome } from './examine.js'
import { programOf } from './generator/program.js'

/**
 * Compares a thousand random programs with brute force, of which most must be compared at all; `npm run brute-force -- --count
 * 50000` takes more.
 *
 * @throws Error with the first program that differs
 */
export async function compareThousandPrograms(seed: number): Promise<void> {
  const standard = nodeHost()
  const root = createRandom(seed, 'brute-force')
  const found: Record<Outcome['kind'], number> = { agrees: 0, differs: 0, refused: 0, unanalysed: 0, large: 0 }
  for (let index = 0; index < 1000; index++) {
    // Vitest is told now and then that somebody is at work.
    await new Promise(setImmediate)
    const outcome = examine(programOf(recordedDraws(root.stream(String(index)))), standard)
    found[outcome.kind] += 1
    if (outcome.kind === 'differs')
      throw new Error(`program ${index} of seed ${seed}: ${outcome.what}\n\n${outcome.text}`)
  }
  expect(found.agrees).toBeGreaterThan(600)
}
