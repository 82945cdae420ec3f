import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { engineBinding } from '../../../../src/space/binding/engine-binding.js'
import { buildNetwork } from '../../../../src/space/network/build-network.js'
import type { Network } from '../../../../src/space/network/network.js'
import type { Binding } from '../../../../src/space/decisions/binding.js'
import { bindingOf } from '../../../../src/space/architectures/architecture.js'
import { relaxedBinding } from '../../../../src/space/index.js'
import { resolveParams } from '../../../../src/space/evaluation/params.js'
import { openWasmEngine } from '../../../../src/runtime/backend/wasm/engine.js'
import { logitsName } from '../../../../src/runtime/plan/mixture.js'
import { buildStep } from '../../../../src/runtime/plan/step.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { resume, run } from '../../../../src/runtime/index.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { architectureFrom } from '../../../../src/runtime/search/step/architecture-from.js'
import { deriveAllowed } from '../../../../src/runtime/search/step/derive-allowed.js'
import { openEvidence } from '../../../../src/runtime/search/step/evidence.js'
import { inheritedBinding } from '../../../../src/runtime/search/step/sampled-space.js'
import { openSteps } from '../../../../src/runtime/training/steps.js'
import { placedSpaces } from '../../../../src/runtime/search/step/placed-space.js'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { evaluate } from '../../../support/bound-steps.js'
import { failureOf } from '../../../support/failures.js'
import { numbersFrom, relativeDifference } from '../../../support/numbers.js'
import { changedText, compiledFile, compiledText } from '../../../support/programs.js'
import type { Store } from '../../../support/step-runner.js'
import { writeTinyData } from '../../../support/tiny-data.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { readFileSync } from 'node:fs'

const folder = mkdtempSync(join(tmpdir(), 'nasc-placed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const darts = readFileSync('spaces/darts.nas', 'utf8')
const published = readFileSync('spaces/entrannas.nas', 'utf8')
const scale = /scale quick few_cells\n/u
const tiny = (): string => `scale quick few_cells
  scale tiny {
    cells = 4, width = 2, engine_cells = {2, 3}, epochs 2, batch 8, frozen 0, choice_lr 0.05
    retrain { cells = 3, width = 2, epochs 1, batch 8, cutout 0, drop_path 0 to 0, auxiliary 0 at 2/3 }
  }\n`

/** The searches of the paper at a size for tests. */
const ir = compiledText(changedText(published, [scale, tiny()]), { 'darts.nas': darts })

describe('the networks of EnTranNAS', () => {
  const program = compiledFile('spaces/darts.nas')
  const params = resolveParams(program, { cells: 8, width: 16 })
  /** Two inputs per node; no operation on a source lies on two edges of a cell. */
  const derived = bindingOf({
    space: 'darts',
    decisions: Object.fromEntries(
      ['normal', 'reduction'].flatMap((cell) =>
        [0, 1, 2, 3].flatMap((node): [string, number[]][] => {
          const at = `${cell}.n${String(node + 1)}`
          return [
            [`${at}.from`, [0, 1]],
            [`${at}.through[s0]`, [4 + node]],
            [`${at}.through[s1]`, [4 + node]],
          ]
        }),
      ),
    ),
  })
  const placed = (binding: Binding, shareFeatures: boolean): Network =>
    buildNetwork(program, 'darts', {
      ...{ params, binding, mode: 'shared', shareFeatures, classes: 10 },
      input: { height: 32, width: 32, channels: 3 },
    })
  const engine = (...cells: readonly number[]): Binding =>
    engineBinding(relaxedBinding, derived, new Set(cells.map((cell) => `cells[${String(cell)}]`)))

  /** Evaluations of operations on edges, and the numbers that they make for one image. */
  function evaluations({ nodes }: Network, shareFeatures: boolean) {
    const seen = new Set<number>()
    let [count, elements] = [0, 0]
    for (const node of nodes) {
      const isMixed = node.kind === 'mix'
      const ends = isMixed ? node.inputs : node.kind === 'edge' ? node.inputs : []
      for (const end of ends) {
        const made = nodes[end]
        if (made === undefined || (node.kind === 'edge' && made.kind === 'mix')) continue
        if (shareFeatures && isMixed && seen.has(end)) continue
        seen.add(end)
        count++
        elements += made.shape.height * made.shape.width * made.shape.channels
      }
    }
    return [count, elements]
  }

  it.each([
    ['DARTS', relaxedBinding, false, 896, 7_798_784],
    ['shared features alone', relaxedBinding, true, 320, 2_785_280],
    ['engines {5, 7}', engine(5, 7), false, 272, 1_409_024],
    ['engines {5, 7} with shared features', engine(5, 7), true, 128, 819_200],
    ['engines {0, 2} with shared features', engine(0, 2), true, 128, 1_343_488],
    ['all derived', derived, false, 64, 557_056],
  ] as const)('evaluate as often and as much as is counted by hand: %s', (_, binding, shares, count, elements) => {
    expect(evaluations(placed(binding, shares), shares)).toEqual([count, elements])
  })
})

/** Logits and thresholds of every decision, drawn; the search under them. */
function drawn(search: string, seed: number) {
  const resolved = resolveSearch(ir, { search, scale: 'tiny' })
  const random = numbersFrom(seed)
  const evidence = openEvidence(resolved.relaxed)
  const store: Store = new Map(
    evidence.variables.map(({ name, shape }) => [
      name,
      Float64Array.from({ length: shape[0] ?? 0 }, () => 2 * random()),
    ]),
  )
  const at = { epoch: 0, epochs: 2, step: 0, steps: 1 }
  const found = evidence.read((name) => Float32Array.from(store.get(name) ?? []), at)
  return { resolved, store, found, at }
}

describe('the search graph of sparse connections', () => {
  it.each([2, 3])('is the derived network with its weights, to float tolerance, draw %i', (seed) => {
    const { resolved, store, found: evidence } = drawn('entrannas_dst', seed)
    const { relaxed, relaxedCopies = new Set(), plan, params } = resolved
    const architecture = architectureFrom(resolved, deriveAllowed(resolved, evidence).selected)
    const taken = Object.values(architecture.decisions).map((options) => options.length)
    // Fewer and more connections than two per node.
    expect(Math.min(...taken)).toBe(1)
    expect(Math.max(...taken)).toBeGreaterThan(2)
    const transit = inheritedBinding(relaxed, architecture)
    const weighted = inheritedBinding(
      relaxed,
      architecture,
      new Set(relaxed.trained.map(({ decision }) => decision.path)),
    )
    const network = (binding: Binding): Network =>
      buildNetwork(ir, plan.space, {
        ...{ params, mode: 'shared', shareFeatures: true, classes: 3, input: { height: 8, width: 8, channels: 1 } },
        binding: engineBinding(binding, transit, relaxedCopies),
      })
    const still = { 'inverseTemperature/sparse constant(value: 1)': Float64Array.of(1) }
    const spec = { weights: relaxed.weights }
    const [whole, derived] = [network(relaxed.binding), network(weighted)]
    expect(derived.nodes.length).toBeLessThan(whole.nodes.length)
    const searched = evaluate(whole, store, spec, still)
    const found = evaluate(derived, store, spec, still)
    expect(relativeDifference(found.logits, searched.logits)).toBeLessThan(1e-6)
    expect(found.loss).toBeCloseTo(searched.loss, 6)
  })
})

describe('transit cells', () => {
  it('run what is derived of the choices as they stand, and hold no weight beside it', async () => {
    await buildKernels()
    const engine = await openWasmEngine({ threads: 1 })
    const { resolved, store, at } = drawn('entrannas', 7)
    const data = { dataset: { height: 8, width: 8, channels: 1, classes: 3 } }
    const steps = openSteps(engine, { random: createRandom(1) })
    const spaces = placedSpaces(resolved, data as Parameters<typeof placedSpaces>[1], steps)
    const weightsAt = () => {
      const { binding, key } = spaces(at).supernet
      const network = buildNetwork(ir, resolved.plan.space, {
        ...{
          params: resolved.params,
          mode: 'shared',
          shareFeatures: true,
          binding,
          ...data.dataset,
          input: data.dataset,
        },
      })
      const { variables } = buildStep(network, { batch: 2, mode: 'train', weights: resolved.relaxed.weights })
      return { key, names: variables.map(({ name }) => name).filter((name) => name.startsWith('cells[0].')) }
    }
    const logits = logitsName('normal.n1.through[s0]')
    const write = (option: number): void => {
      const values = Float32Array.from(store.get(logits) ?? [], (value, i) => (i === option ? 9 : value))
      steps.variables.write(logits, values)
    }
    spaces(at)
    for (const [name, values] of store) steps.variables.write(name, Float32Array.from(values))
    write(3)
    const before = weightsAt()
    write(4)
    const after = weightsAt()
    expect(after.key).not.toBe(before.key)
    const here = (names: readonly string[], operation: string) =>
      names.some((name) => name.startsWith(`cells[0].s0.${operation}`))
    expect([here(before.names, 'sep_conv(3)'), here(before.names, 'sep_conv(5)')]).not.toEqual([
      here(after.names, 'sep_conv(3)'),
      here(after.names, 'sep_conv(5)'),
    ])
    expect(weightsAt()).toEqual(after)
    steps.dispose()
    engine.dispose()
  })

  it.each([
    ['a copy that is not there', '{2, 9}', /no copy 9 of a cell/u],
    ['a kind of cell without an engine', '{1, 2}', /the choices of normal would learn nothing/u],
  ])('are refused by the check where they are placed at %s', (_, cells, words) => {
    const misplaced = changedText(published, [scale, tiny().replace('{2, 3}', cells)])
    expect(() => compiledText(misplaced, { 'darts.nas': darts })).toThrow(words)
  })

  it('are refused by a run whose cells are fewer than the program has them', async () => {
    const fewer = { search: 'entrannas', scale: 'tiny', set: { cells: 3 } }
    expect((await failureOf(() => resolveSearch(ir, fewer))).code).toBe('NAS7590')
  })
})

describe.each(['entrannas', 'entrannas_dst'])('a run of %s', (search) => {
  it('that is stopped at every third step and resumed ends in the same bits', async () => {
    await buildKernels()
    const data = writeTinyData(join(folder, `${search}-data`))
    const start = (out: string, more = {}) =>
      run(ir, {
        search,
        scale: 'tiny',
        backend: 'wasm',
        threads: 1,
        data,
        out,
        seed: 5,
        checkpointEvery: 1000,
        ...more,
      })
    const [whole, broken] = [join(folder, search), join(folder, `${search}-broken`)]
    const expected = finished(await start(whole))
    expect(await start(broken, stopAfter(3))).toMatchObject({ kind: 'interrupted', phase: 'search' })
    const { outcome, parts } = await resumeUntilDone(broken, 3)
    expect(parts).toBeGreaterThan(4)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(whole, expected))
    expect(finished(await resume(whole)).run).toBe(whole)
  }, 600_000)
})
