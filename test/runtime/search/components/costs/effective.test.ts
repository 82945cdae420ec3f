import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import type { Ir } from '../../../../../src/ir/model/ir.js'
import { logitsName, lowerMixture } from '../../../../../src/runtime/plan/mixture.js'
import { inputsOf } from '../../../../../src/runtime/plan/planned-step.js'
import { StepVariables } from '../../../../../src/runtime/plan/variables.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { gradients } from '../../../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openCost } from '../../../../../src/runtime/search/components/costs/index.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { bindFeeds } from '../../../../../src/runtime/training/feeds/feed.js'
import { conventionNames, costOf } from '../../../../../src/space/cost/index.js'
import { bindingOf, buildNetwork } from '../../../../../src/space/index.js'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import { failureOf } from '../../../../support/failures.js'
import { numbersFrom, randomArray } from '../../../../support/numbers.js'
import { compiledText } from '../../../../support/programs.js'

const names = ['macs', 'parameters', 'activation_bytes'] as const
type Costs = Readonly<Record<(typeof names)[number], number>>

const temperature = { component: 'constant', arguments: { value: 1 } }
const by = (component: string) => ({ component, arguments: { temperature } })
const relax = [
  ...['width', 'expand'].map((target) => ({ target, by: by('mask') })),
  { target: 'resolution', by: by('subsample') },
  { target: 'all', by: by('gumbel') },
]

/** What the network costs at the shapes that given logits come to, and the slopes by these. */
function openEffective(ir: Ir, convention?: string) {
  const decisions = decisionsOf(ir, 'small', { params: {} })
  const wanted = relax.filter(({ target }) => target === 'all' || decisions.some(({ kind }) => kind === target))
  const relaxed = relaxSpace(wanted, decisions)
  const network = buildNetwork(ir, 'small', { params: {}, binding: relaxed.binding, mode: 'shared' })
  const [builder, variables] = [new ProgramBuilder(), new StepVariables()]
  const mixture = lowerMixture(builder, network, { batch: 1, mode: 'train', weights: relaxed.weights }, variables)
  const counted = convention === undefined ? {} : { convention }
  const values = names.map((cost) => {
    const emission = openCost({ cost, variant: 'effective', ...counted }, 'minimise', {})
    return [cost, emission.emit({ builder, variables, costed: network, mixture })] as const
  })
  const logits = variables.all.map(({ name, shape }) => builder.variable(name, shape))
  const slopes = values.flatMap(([cost, value]) =>
    gradients(builder, value, logits).flatMap((slope, i) =>
      slope === undefined ? [] : [[`${cost} ${variables.all[i]?.name ?? ''}`, slope] as const],
    ),
  )
  const program = builder.build(Object.fromEntries([...values, ...slopes]))
  const inputs = bindFeeds(inputsOf(program), relaxed.feeds(createRandom(0))).still({
    ...{ epoch: 0, epochs: 1, step: 0, steps: 1 },
  })
  const at = (given: ReadonlyMap<string, Float64Array>) =>
    interpret(program, { inputs, variables: given, precision: 'double' })
  const costsAt = (given: ReadonlyMap<string, Float64Array>): Costs => {
    const found = at(given)
    return {
      macs: found['macs']?.[0] ?? NaN,
      parameters: found['parameters']?.[0] ?? NaN,
      activation_bytes: found['activation_bytes']?.[0] ?? NaN,
    }
  }
  return { decisions, network, at, costsAt, logits: variables.all }
}

function oneHot({ options }: Decision, taken: number): Float64Array {
  return Float64Array.from(options, (_, option) => (option === taken ? 0 : -1000))
}

function softmax(logits: Float64Array): readonly number[] {
  const raised = Array.from(logits, (logit) => Math.exp(logit - Math.max(...logits)))
  const total = raised.reduce((sum, value) => sum + value, 0)
  return raised.map((value) => value / total)
}

function selections(decisions: readonly Decision[]): readonly (readonly number[])[] {
  return decisions.reduce<readonly (readonly number[])[]>(
    (before, { options }) => before.flatMap((each) => options.map((_, option) => [...each, option])),
    [[]],
  )
}

const imports = `import { bn, conv, global_pool, hswish, identity, linear, relu } from std:nn
import { fbnet_block, fbnet_skip, pooled_head } from std:mobile
`
const whole = `${imports}
space small {
  input image(one of {16, 24}, 3); classes 5
  let expansions = {0.75, 2, 3}
  network {
    stem conv(8, 3, stride: 2, bias: true) -> bn -> hswish
    stage a { width one of {8, 12, 16}; layer fbnet_block(3, one of expansions, se: true, shortcut: not first) }
    stage b { width one of {8, 24}; depth 2; stride 2;
      first fbnet_block(5, one of expansions, shortcut: false);
      layer one of { fbnet_block(3, one of expansions, se: true), fbnet_block(5, 2), fbnet_skip } }
    head pooled_head(20) -> global_pool -> linear(classes)
  }
}`

describe('an effective cost', () => {
  it.each([undefined, ...conventionNames])(
    'is the cost of the network at one option of every decision: all of them, %s',
    (convention) => {
      const ir = compiledText(whole)
      const { decisions, costsAt } = openEffective(ir, convention)
      const all = selections(decisions)
      // Every fifth: the others differ by what these tell apart.
      expect(all.length).toBeGreaterThan(900)
      for (const options of all.filter((_, i) => i % 5 === 0 || i === all.length - 1)) {
        const taken = Object.fromEntries(decisions.map(({ path }, i) => [path, [options[i] ?? 0]]))
        const binding = bindingOf({ space: 'small', decisions: taken })
        const cost = costOf(buildNetwork(ir, 'small', { params: {}, binding, mode: 'shared' }), convention)
        const logits = new Map(
          decisions.map((decision, i) => [logitsName(decision.path), oneHot(decision, options[i] ?? 0)]),
        )
        expect(costsAt(logits)).toEqual({
          macs: cost.macs,
          parameters: cost.parameters,
          activation_bytes: cost.activationBytes,
        })
      }
    },
    120_000,
  )

  it('has slopes by its choices that are those of finite differences', () => {
    const { at, costsAt, logits } = openEffective(compiledText(whole))
    const random = numbersFrom(3)
    const given = new Map(logits.map(({ name, shape }) => [name, randomArray(shape, random)]))
    const found = at(given)
    let compared = 0
    for (const { name } of logits) {
      const values = given.get(name) ?? new Float64Array()
      values.forEach((value, entry) => {
        const moved = (by: number): Costs =>
          costsAt(new Map([...given, [name, values.map((each, i) => (i === entry ? value + by : each))]]))
        const [more, less] = [moved(1e-5), moved(-1e-5)]
        for (const cost of names) {
          const slope = found[`${cost} ${name}`]?.[entry]
          if (slope === undefined) continue
          const difference = (more[cost] - less[cost]) / 2e-5
          expect(Math.abs(slope - difference), `${cost} by ${name}`).toBeLessThan(1e-6 * costsAt(given)[cost])
          compared++
        }
      })
    }
    expect(compared).toBeGreaterThan(50)
  })

  it('multiplies mean widths: of a layer between two masked maps the product of both means', () => {
    const ir = compiledText(`${imports}
space small { input image(6, 2); classes 3
  network {
    stage a { width one of {2, 6}; layer conv(channels) }
    stage b { width one of {4, 10}; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  } }`)
    const { costsAt } = openEffective(ir)
    const given = new Map([
      [logitsName('a.width'), Float64Array.of(Math.log(3), 0)],
      [logitsName('b.width'), Float64Array.of(0, Math.log(4))],
    ])
    const [a, b] = [0.75 * 2 + 0.25 * 6, 0.2 * 4 + 0.8 * 10]
    expect(costsAt(given).macs).toBeCloseTo(36 * (2 * a + 9 * a * b) + 3 * b, 6)
    expect(costsAt(given).parameters).toBeCloseTo(2 * a + 9 * a * b + 3 * b + 3, 6)
    expect(costsAt(given).activation_bytes).toBeCloseTo(4 * (36 * (a + b) + b + 3), 6)
  })

  it('leads to networks of the cost that is wanted; one that takes the largest input of every layer misses it', () => {
    const ir = compiledText(`${imports}
space small { input image(6, 2); classes 3
  network {
    stage a { width one of 4..32 step 4; layer conv(channels, 3) }
    stage b { width one of 4..32 step 4; layer conv(channels, 3) }
    stage c { width one of 4..32 step 4; layer conv(channels, 3) }
    stage d { width one of 4..32 step 4; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  } }`)
    const { at, decisions } = openEffective(ir)
    const names = decisions.map(({ path }) => logitsName(path))
    const widths = Array.from({ length: 8 }, (_, option) => 4 * (option + 1))
    const target = 350_000
    /** Cost and slopes by logits: a layer as if it read the widest map. */
    const unpropagated: typeof effective = (shares) => {
      const most = 32
      const perChannel = [36 * 9 * 2, 36 * 9 * most, 36 * 9 * most, 36 * 9 * most + 3]
      const means = shares.map((own) => own.reduce((sum, share, option) => sum + share * (widths[option] ?? NaN), 0))
      return {
        cost: means.reduce((sum, mean, layer) => sum + mean * (perChannel[layer] ?? NaN), 0),
        slopes: shares.map((own, layer) =>
          own.map(
            (share, option) => share * ((widths[option] ?? NaN) - (means[layer] ?? NaN)) * (perChannel[layer] ?? NaN),
          ),
        ),
      }
    }
    const effective = (_: readonly (readonly number[])[], logits: readonly Float64Array[]) => {
      const found = at(new Map(names.map((name, layer) => [name, logits[layer] ?? new Float64Array()])))
      return {
        cost: found['macs']?.[0] ?? NaN,
        slopes: names.map((name): readonly number[] => [...(found[`macs ${name}`] ?? [])]),
      }
    }
    const macsOf = (taken: readonly number[]): number => {
      const chosen = Object.fromEntries(decisions.map(({ path }, layer) => [path, [taken[layer] ?? 0]]))
      const binding = bindingOf({ space: 'small', decisions: chosen })
      return costOf(buildNetwork(ir, 'small', { params: {}, binding, mode: 'shared' })).macs
    }
    /** Descends on what options are worth to a task and on how far the cost is from the target; how far what it derives is. */
    const misses = (costBy: typeof effective, seed: number): number => {
      const random = numbersFrom(seed)
      let logits = decisions.map(() => new Float64Array(8))
      // Wider is better, by less and less.
      const worth = decisions.map(() => widths.map((width) => Math.log(width) + 0.3 * random()))
      for (let step = 0; step < 300; step++) {
        const shares = logits.map(softmax)
        const { cost, slopes } = costBy(shares, logits)
        const pull = (20 * (cost / target - 1)) / target
        logits = logits.map((own, layer) => {
          const mean = (shares[layer] ?? []).reduce((sum, share, i) => sum + share * (worth[layer]?.[i] ?? NaN), 0)
          return own.map((logit, i) => {
            const wanted = (shares[layer]?.[i] ?? NaN) * ((worth[layer]?.[i] ?? NaN) - mean)
            return logit + 0.5 * (wanted - pull * (slopes[layer]?.[i] ?? NaN))
          })
        })
      }
      const derived = macsOf(logits.map((own) => own.indexOf(Math.max(...own))))
      return Math.abs(Math.log(derived / target))
    }
    const seeds = Array.from({ length: 8 }, (_, seed) => seed)
    const [ours, control] = [effective, unpropagated].map((costBy) => seeds.map((seed) => misses(costBy, seed)))
    const total = (values: readonly number[] = []): number => values.reduce((sum, value) => sum + value, 0)
    expect(total(ours) / seeds.length).toBeLessThan(0.2)
    expect(total(control)).toBeGreaterThan(2 * total(ours))
  }, 60_000)

  it('weights layers by their chance, and is the expected cost where no shape is open', () => {
    const ir = compiledText(`${imports}
space small { input image(6, 2); classes 3
  network {
    stem conv(4)
    stage a { width 4; depth 2; layer one of { conv(4), conv(4, 3) -> bn, identity } }
    head global_pool -> linear(classes)
  } }`)
    const { costsAt, decisions, network } = openEffective(ir)
    const chances = [0.5, 0.3, 0.2]
    const given = new Map(decisions.map(({ path }) => [logitsName(path), Float64Array.from(chances, Math.log)]))
    expect(network.nodes.every(({ elastic }) => elastic === undefined)).toBe(true)
    expect(costsAt(given).macs).toBeCloseTo(36 * (8 + 2 * (0.5 * 16 + 0.3 * 144)) + 12, 6)
    expect(costsAt(given).parameters).toBeCloseTo(8 + 2 * (0.5 * 16 + 0.3 * (144 + 8)) + 15, 6)
  })

  it('stands where an expected one cannot: where shapes are open (NAS7541)', async () => {
    const ir = compiledText(whole)
    const decisions = decisionsOf(ir, 'small', { params: {} })
    const relaxed = relaxSpace(relax, decisions)
    const network = buildNetwork(ir, 'small', { params: {}, binding: relaxed.binding, mode: 'shared' })
    const builder = new ProgramBuilder()
    const emission = openCost({ cost: 'macs', variant: 'expected' }, 'minimise', {})
    const emit = () => emission.emit({ builder, variables: new StepVariables(), costed: network, mixture: undefined })
    expect(await failureOf(emit)).toMatchObject({ code: 'NAS7541' })
  })
})
