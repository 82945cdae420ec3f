import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { Failure } from '../../../../../src/catalogue/failure.js'
import type { Ir } from '../../../../../src/ir/model/ir.js'
import { logitsName, lowerMixture } from '../../../../../src/runtime/plan/mixture.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { softmaxOf } from '../../../../../src/runtime/operations/softmax.js'
import { openCost } from '../../../../../src/runtime/search/components/costs/index.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { costOf, openCostOf } from '../../../../../src/space/cost/index.js'
import { bindingOf, buildNetwork } from '../../../../../src/space/index.js'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import { failureOf } from '../../../../support/failures.js'
import { numbersFrom } from '../../../../support/numbers.js'
import { compiledText } from '../../../../support/programs.js'

const use = (component: string, supplied = {}) => ({ component, arguments: supplied })
const softmax = { target: 'all', by: use('softmax', { temperature: 1 }) }
const edges = { target: 'from', by: use('edge_normalisation') }
const strength = { target: 'from', by: use('strength') }
const sets = (per: string) => ({ target: 'from', by: use('combinatorial', { per }) })
const gates = { target: 'from', by: use('gates') }
const names = ['macs', 'parameters', 'activation_bytes'] as const

/** The costs of a space as a program of the logits, and that program. */
function emitted(ir: Ir, inputs: Parameters<typeof relaxSpace>[0], convention?: string) {
  const decisions = decisionsOf(ir, 'small', { params: {} })
  const chooses = decisions.some(({ kind }) => kind === 'from')
  const relaxed = relaxSpace(chooses ? [softmax, ...inputs] : [softmax], decisions)
  const network = buildNetwork(ir, 'small', { params: {}, binding: relaxed.binding, mode: 'shared' })
  const builder = new ProgramBuilder()
  const variables = new StepVariables()
  const mixture = lowerMixture(builder, network, { batch: 1, mode: 'train', weights: relaxed.weights }, variables)
  const values = names.map((cost) => {
    const counted = convention === undefined ? {} : { convention }
    const value = openCost({ cost, variant: 'expected', ...counted }, 'minimise', {}).emit({
      builder,
      variables,
      costed: network,
      mixture,
    })
    return [cost, value] as const
  })
  const logits = variables.all.map(({ name, shape }) => builder.variable(name, shape))
  const slopes = values.flatMap(([cost, value]) =>
    gradients(builder, value, logits).flatMap((slope, i) =>
      slope === undefined ? [] : [[`${cost} ${variables.all[i]?.name ?? ''}`, slope] as const],
    ),
  )
  const program = builder.build(Object.fromEntries([...values, ...slopes]))
  return { decisions, relaxed, program, logits: variables.all }
}

/**
 * Selections of a decision with their probabilities: in proportion to the products of the weights of their options; `bySet`: to
 * a weight for every set.
 */
function selections({ options, arity }: Decision, weights: readonly number[] | undefined, bySet = false) {
  const { least, most } = arity ?? { least: 1, most: 1 }
  const sets = Array.from({ length: 2 ** options.length }, (_, bits) =>
    options.flatMap((__, option) => ((bits >> option) % 2 === 1 ? [option] : [])),
  )
    .filter((set) => set.length >= least && set.length <= most)
    .sort((a, b) => a.length - b.length || (String(a) < String(b) ? -1 : 1))
  const shares = sets.map((set, i) =>
    bySet && arity ? (weights?.[i] ?? 1) : set.reduce((product, option) => product * (weights?.[option] ?? 1), 1),
  )
  const total = shares.reduce((sum, share) => sum + share, 0)
  return sets.map((set, i) => ({ set, chance: (shares[i] ?? 0) / total }))
}

interface Drawn {
  readonly chance: number
  readonly decisions: Readonly<Record<string, readonly number[]>>
}

/** The mean cost of all networks that the space can be fixed to. */
function meanCosts(
  ir: Ir,
  decisions: readonly Decision[],
  weights: ReadonlyMap<string, readonly number[]>,
  convention?: string,
  bySet = false,
) {
  const drawn = decisions.reduce<readonly Drawn[]>(
    (before, decision) =>
      before.flatMap((each) =>
        selections(decision, weights.get(decision.path), bySet).map(({ set, chance }) => ({
          chance: each.chance * chance,
          decisions: { ...each.decisions, [decision.path]: set },
        })),
      ),
    [{ chance: 1, decisions: {} }],
  )
  const sums = { macs: 0, parameters: 0, activation_bytes: 0 }
  for (const { chance, decisions: fixed } of drawn) {
    const binding = bindingOf({ space: 'small', decisions: fixed })
    const cost = costOf(buildNetwork(ir, 'small', { params: {}, binding, mode: 'shared' }), convention)
    sums.macs += chance * cost.macs
    sums.parameters += chance * cost.parameters
    sums.activation_bytes += chance * cost.activationBytes
  }
  return { sums, networks: drawn.length }
}

/** A small space of cells or of a stage, in which whatever is open can be mixed. */
function randomSpace(random: () => number): string {
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? ''
  const operations = [
    ...['identity', 'conv(channels)', 'conv(channels, 3)', 'conv(channels, 3) -> bn', 'max_pool(3)'],
    ...['relu -> conv(channels)', 'conv(channels, one of {1, 3})', 'conv(channels, k)'],
  ]
  const operation = (): string => {
    const [a, b] = [pick(operations), pick(operations)]
    return a === b ? a : `one of { ${a}, ${b} }`
  }
  const node = (name: string, earlier: readonly string[]): string => {
    const from = pick([
      ...['any 1 of earlier', 'any 2 of earlier', 'any 1..2 of earlier', 'any 0..1 of earlier', `{ ${pick(earlier)} }`],
      'any 1..2 of earlier x { conv(channels), max_pool(3) }',
    ])
    const through = from.includes(' x ') ? '' : `through ${operation()}; `
    return `node ${name} { from ${from}; ${through}merge sum }`
  }
  const body = pick([
    ...['stack 2 of only, channels 2', 'stack 1 of only, channels 2'],
    `stage s { width 2; depth one of 1..3; layer ${operation()} }`,
    'stage s { width 2; depth one of { 0, 2 }; layer one of { identity, conv(channels, 3) } }',
  ])
  return `${imports}
let k = one of {1, 3}
cell some(s0, s1) {
  prepare s0, s1 { conv(channels) }
  ${node('a', ['s0', 's1'])}
  ${node('b', ['s0', 's1', 'a'])}
  node last { from { ${pick(['b', 'a, b', 's1, b'])} }; through ${operation()}; merge sum }
  output ${pick(['last', 'concat(last, s1)'])}
}
space small {
  input image(4, 2); classes 2
  cell only = some
  network { stem conv(2); ${body}; head global_pool -> linear(classes) }
}`
}
const imports = 'import { bn, conv, global_pool, identity, linear, max_pool, relu } from std:nn'

function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof Failure && error.code === 'NAS7541') return undefined
    throw error
  }
}

describe('expected costs', () => {
  it.each([
    { seed: 71, spaces: 28, inputs: [[], [edges], [strength]], shareOf: undefined },
    // A logit per edge, or gates conditioned on the sets that may be taken: a set has the product of the odds of its edges.
    { seed: 72, spaces: 12, inputs: [[sets('edge')], [gates]], shareOf: Math.exp, bySet: false },
    { seed: 73, spaces: 16, inputs: [[sets('subset')]], shareOf: Math.exp, bySet: true },
  ])('are the means over all networks of random spaces, as are their slopes: seed $seed', (how) => {
    const random = numbersFrom(how.seed)
    let compared = 0
    for (let space = 0; space < how.spaces; space++) {
      const text = randomSpace(random)
      const ir = compiledText(text)
      const convention = [undefined, 'full', 'mobile-vision'][space % 3]
      const decisions = decisionsOf(ir, 'small', { params: {} })
      const isLarge = decisions.reduce((all, each) => all * selections(each, undefined).length, 1) > 100
      if (isLarge) continue
      const clauses = how.inputs[space % how.inputs.length] ?? []
      const found = unlessRefused(() => emitted(ir, clauses, convention))
      if (found === undefined) {
        // Where a node may be left out, so may the last one, and then there is no network.
        expect(text).toContain('any 0..1')
        continue
      }
      const { relaxed, program, logits } = found
      const store = new Map(
        logits.map(({ name, shape: [size = 0] }) => [
          name,
          Float64Array.from({ length: size }, () => 4 * random() - 2),
        ]),
      )
      const now = () => interpret(program, { inputs: {}, variables: store, precision: 'double' })
      const costs = now()
      // What the output does not hang on has no variables; any weights will do.
      const weights = relaxed.trained.map(({ decision: { path, options, arity } }) => {
        const values = store.get(logitsName(path)) ?? options.map(() => 0)
        return [path, arity && how.shareOf ? Array.from(values, how.shareOf) : softmaxOf(values)] as const
      })
      const { sums, networks } = meanCosts(ir, decisions, new Map(weights), convention, how.bySet)
      compared += networks
      for (const cost of names) {
        expect((costs[cost]?.[0] ?? NaN) / sums[cost], `${cost} of\n${text}`).toBeCloseTo(1, 9)
        for (const { name } of logits) {
          const values = store.get(name) ?? new Float64Array()
          values.forEach((value, i) => {
            const at = (moved: number): number => {
              values[i] = moved
              return now()[cost]?.[0] ?? NaN
            }
            const slope = (at(value + 1e-4) - at(value - 1e-4)) / 2e-4
            values[i] = value
            const exact = costs[`${cost} ${name}`]?.[i] ?? 0
            expect(Math.abs(slope - exact) / sums[cost], `${cost} by ${name}\n${text}`).toBeLessThan(1e-6)
          })
        }
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  const cells = (node: string, output: string): Ir =>
    compiledText(`${imports}
cell some(s0) { ${node}; output ${output} }
space small {
  input image(4, 2); classes 2
  cell only = some
  network { stem conv(2); stack 1 of only, channels 2; head global_pool -> linear(classes) }
}`)

  it('are refused where what is taken decides how wide a map is', async () => {
    const two =
      'node b { from { s0 }; through conv(2); merge sum }; node a { from any 0..1 of { s0, b }; through conv(2); merge sum }'
    expect(await failureOf(() => emitted(cells(two, 'concat(a, b)'), []))).toMatchObject({
      code: 'NAS7541',
      message:
        '`macs.expected` cannot be said of this network: at cells[0].output, what it concatenates hangs on decisions, and so does its number of channels.',
    })
  })

  it('are refused where a relaxed choice leaves no trace in the network', async () => {
    const two = 'node a { from { s0 }; through conv(2); merge sum }; node b { from { s0 }; through conv(2); merge sum }'
    expect(await failureOf(() => emitted(cells(two, 'any 1.. of { a, b }'), []))).toMatchObject({
      code: 'NAS7541',
      message:
        '`macs.expected` cannot be said of this network: at only.output, what it takes is no part of the network that is trained.',
    })
  })

  it('are refused where a mask decides shapes', async () => {
    const ir = compiledText(`${imports}
space small {
  input image(4, 2); classes 2
  network { stem conv(one of {2, 4}); head global_pool -> linear(classes) }
}`)
    const network = buildNetwork(ir, 'small', { params: {}, binding: () => ({ kind: 'mask' }), mode: 'shared' })
    expect(await failureOf(() => openCostOf(network, 'macs', 'macs.expected'))).toMatchObject({
      code: 'NAS7541',
      message:
        '`macs.expected` cannot be said of this network: at stem.conv, `stem.width`, relaxed by mask, decides its shape.',
    })
  })

  it('are refused where a node chooses among too many sets', async () => {
    const inputs = Array.from(
      { length: 13 },
      (_, i) => `node a${String(i)} { from { s0 }; through conv(2); merge sum }`,
    )
    const node = `${inputs.join('; ')}; node b { from any 1.. of earlier; through conv(2); merge sum }`
    expect(await failureOf(() => emitted(cells(node, 'b'), []))).toMatchObject({ code: 'NAS7542' })
  })

  it('are named where there is none of this name', async () => {
    expect(await failureOf(() => openCost({ cost: 'latency', variant: 'expected' }, 'minimise', {}))).toMatchObject({
      code: 'NAS7540',
      message: '`minimise` reads the cost `latency.expected`, which this version of the runtime does not have.',
    })
  })
})
