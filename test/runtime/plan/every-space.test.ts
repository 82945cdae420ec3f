import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  bindingOf,
  buildNetwork,
  resolveParams,
  supernetBinding,
  type Binding,
  type Decision,
  type Network,
} from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { logitsName } from '../../../src/runtime/plan/mixture.js'
import { numbersFrom } from '../../support/numbers.js'
import { evaluate, expectSameOutcome, extracted, oneHot } from '../../support/bound-steps.js'
import type { Store } from '../../support/step-runner.js'
import { changedText, compiledFile, compiledText } from '../../support/programs.js'

/** A space of `spaces/`, small enough for the reference interpreter in double precision. */
interface Small {
  readonly ir: Ir
  readonly space: string
  readonly overrides?: Readonly<Record<string, number>>
  /** Height and width of images; absent: the space's own. */
  readonly size?: number
}

/** The file with other numbers in its text, for spaces without parameters, up to its first architecture. */
function reduced(file: string, space: string, ...changes: readonly (readonly [RegExp, string])[]): Small {
  const text = readFileSync(`spaces/${file}.nas`, 'utf8').split(/\n(?:\/\/\/[^\n]*\n)*architecture /)[0] ?? ''
  return { ir: compiledText(changedText(text, ...changes)), space }
}

/** Fifteen candidates are four, six expansions two, stages of three and four layers have two. */
const fbnetv2 = reduced(
  'fbnetv2',
  'fbnetv2',
  [/\{224, 256, 288\}/, '{6, 8}'],
  [/classes 1000/, 'classes 3'],
  [/for k in \{3, 5\}/, 'for k in {3}'],
  [/0\.75\.\.4\.5 step 0\.75/, '{0.75, 1.5}'],
  [/one of \{ 12 \/ d, 16 \/ d \}/, 'one of {3, 4}'],
  [/one of 16 \/ d\.\.28 \/ d step 4 \/ d/, 'one of {4, 6}'],
  [/one of 16 \/ d\.\.40 \/ d step 8 \/ d/, 'one of {3, 6}'],
  [/one of 48 \/ d\.\.96 \/ d step 8 \/ d/, 'one of {6, 8}'],
  [/one of 72 \/ d\.\.128 \/ d step 8 \/ d/, 'one of {4, 8}'],
  [/one of 112 \/ d\.\.216 \/ d step 8 \/ d/, 'one of {6, 9}'],
  [/depth ceil\([34] \* kept\)/g, 'depth 2'],
  [/pooled_head\(1984 \/ d\)/, 'pooled_head(12)'],
)

const spos = reduced(
  'spos',
  'spos',
  [/image\(224, 3\)/, 'image(16, 3)'],
  [/classes 1000/, 'classes 3'],
  [/width 64;/, 'width 8;'],
  [/width 160;/, 'width 16;'],
  [/width 320;/, 'width 24;'],
  [/width 640;/, 'width 32;'],
  [/depth \d/g, 'depth 2'],
  [/conv\(16, 3/, 'conv(4, 3'],
  [/conv\(1024\)/, 'conv(8)'],
)

const piNas = reduced(
  'pi-nas',
  'pi_nas',
  [/image\(224, 3\)/, 'image(16, 3)'],
  [/classes 1000/, 'classes 3'],
  [/split_bottleneck\(1, 1, 64\), /, ''],
  [/1, 2, 42\), split_bottleneck\(2, 2, 40\)/, '1, 2, 64)'],
  [/global_pool, linear, relu/, 'bn, conv, global_pool, linear, relu'],
  [/stem deep_stem/, 'stem conv(8, 3, stride: 2) -> bn -> relu'],
  [/import \{ deep_stem, /, 'import { '],
  [/width 256 \/ thin;/, 'width 16;'],
  [/width 512 \/ thin;/, 'width 16;'],
  [/width 1024 \/ thin;/, 'width 32;'],
  [/width 2048 \/ thin;/, 'width 32;'],
  [/depth \d/g, 'depth 1'],
)

const attentivenas = reduced(
  'attentivenas',
  'attentivenas',
  [/image\(one of sides, 3\)/, 'image(32, 3)'],
  [/classes 1000/, 'classes 3'],
  [/\{ 16 \/ thin, 24 \/ thin \}/g, '{4, 6}'],
  [/\{ 24 \/ thin, 32 \/ thin \}/, '{4, 6}'],
  [/\{ 32 \/ thin, 40 \/ thin \}/, '{6, 8}'],
  [/\{ 64 \/ thin, 72 \/ thin \}/, '{6, 8}'],
  [/\{ 112 [^}]*\}/, '{6, 8, 10}'],
  [/\{ 192 [^}]*\}/, '{8, 10}'],
  [/\{ 216 [^}]*\}/, '{10, 12}'],
  [/3\.\.\d; stride/g, '1..2; stride'],
  [/3\.\.8;/, '1..2;'],
  [/one of 4\.\.6/g, 'one of 1..2'],
  [/expand: 6/g, 'expand: 2'],
  [/\{ 1792 [^}]*\}/, '{10, 12}'],
)

const ofa = reduced(
  'ofa-mobilenetv3',
  'ofa_mobilenetv3',
  [/param sides = 128\.\.224 step 4/, 'param sides = {6, 8}'],
  [/classes 1000/, 'classes 3'],
  [/\{3, 4, 6\}/, '{1, 2, 3}'],
  [/conv\(16, 3/, 'conv(4, 3'],
  [/width 16;/, 'width 4;'],
  [/width 24;/, 'width 4;'],
  [/width 40;/, 'width 6;'],
  [/width 80;/, 'width 6;'],
  [/width 112;/, 'width 8;'],
  [/width 160;/, 'width 8;'],
  [/one of 2\.\.4/g, 'one of 1..2'],
  [/pooled_head\(1280\)/, 'pooled_head(12)'],
)

const [darts, dartsImagenet] = [compiledFile('spaces/darts.nas'), compiledFile('spaces/darts-imagenet.nas')]
const cells: readonly (readonly [string, Small])[] = [
  ['DARTS', { ir: darts, space: 'darts', overrides: { cells: 3, width: 2 }, size: 6 }],
  ['DARTS on ImageNet', { ir: dartsImagenet, space: 'darts_imagenet', overrides: { cells: 3, width: 2 }, size: 16 }],
  [
    'PC-DARTS',
    { ir: compiledFile('spaces/pc-darts.nas'), space: 'pc_darts', overrides: { cells: 3, width: 4 }, size: 6 },
  ],
  [
    'NAS-Bench-201',
    {
      ir: compiledFile('spaces/nas-bench-201.nas'),
      space: 'nas_bench_201',
      overrides: { repeats: 1, width: 3 },
      size: 8,
    },
  ],
]
const mobile: readonly (readonly [string, Small])[] = [
  ['FBNetV2', fbnetv2],
  ['single path one-shot', spos],
  ['Pi-NAS', piNas],
]
const elastic: readonly (readonly [string, Small])[] = [
  ['AttentiveNAS', attentivenas],
  ['once for all', ofa],
]

const spec = { batch: 2 } as const

function build(
  { ir, space, overrides = {}, size }: Small,
  binding: Binding,
  mode: Network['mode'] = 'shared',
): Network {
  const input = size === undefined ? {} : { input: { height: size, width: size, channels: 3 } }
  return buildNetwork(ir, space, { params: resolveParams(ir, overrides), binding, mode, classes: 3, ...input })
}

function supernet({ ir, space }: Small): Binding {
  const search = ir.searches.find((each) => each.space === space || each.space.endsWith(`.${space}`))
  if (search === undefined) throw new Error(`no search of ${space}`)
  return supernetBinding(ir, search)
}

function decisions({ ir, space, overrides = {} }: Small): readonly Decision[] {
  return decisionsOf(ir, space, { params: resolveParams(ir, overrides) })
}

describe.each(mobile)('the supernet of %s', (_, small) => {
  it('with one-hot weights and masks is the fixed and sliced path, in outputs and in gradients', () => {
    const random = numbersFrom(3)
    const open = supernet(small)
    const taken = new Map(
      decisions(small).map(({ path, kind, options }) => [
        path,
        kind === 'resolution' ? options.length - 1 : Math.floor(random() * options.length),
      ]),
    )
    const option = (path: string): number => taken.get(path) ?? 0
    const path: Binding = (decision, copy) =>
      open(decision, copy).kind === 'mask'
        ? { kind: 'slice', option: option(decision.path) }
        : { kind: 'fixed', options: [option(decision.path)] }
    const store: Store = new Map(
      decisions(small).map(({ path: name, options }) => [logitsName(name), oneHot(options.length, option(name))]),
    )
    expectSameOutcome(evaluate(build(small, open), store, spec), evaluate(build(small, path), store, spec), 1e-8)
  })
})

describe.each(elastic)('a slice of %s', (_, small) => {
  it('is the stand-alone network with copied slices, in outputs and in gradients', () => {
    const random = numbersFrom(5)
    const taken = new Map(decisions(small).map(({ path, options }) => [path, Math.floor(random() * options.length)]))
    const option = (path: string): number => taken.get(path) ?? 0
    const sliced = build(small, ({ path }) => ({ kind: 'slice', option: option(path) }))
    const alone = build(small, ({ path }) => ({ kind: 'fixed', options: [option(path)] }), 'standalone')
    const store: Store = new Map()
    const whole = evaluate(sliced, store, spec)
    const gradients: Store = new Map([...whole.gradients].map(([name, data]) => [name, Float64Array.from(data)]))
    const cut = { ...whole, gradients: extracted(sliced, gradients) }
    expectSameOutcome(cut, evaluate(alone, extracted(sliced, store), spec), 1e-8)
  })
})

describe('passes', () => {
  const bench101 = compiledFile('spaces/nas-bench-101.nas')
  const inception: Small = {
    ir: bench101,
    space: 'nas_bench_101',
    overrides: { repeats: 1, width: 6 },
    size: 8,
  }
  const all: readonly (readonly [string, () => Network])[] = [
    ...[...cells, ...mobile, ...elastic].map(
      ([name, small]) => [name, (): Network => build(small, supernet(small))] as const,
    ),
    [
      'NAS-Bench-101',
      () =>
        build(
          inception,
          bindingOf(architectureOf(bench101, 'inception_like', resolveParams(bench101, inception.overrides ?? {}))),
        ),
    ],
  ]

  it.each(all)('change nothing in the network of %s, in outputs and in gradients', (_, network) => {
    const built = network()
    const store: Store = new Map()
    const plain = evaluate(built, store, { ...spec, passes: [] })
    const optimised = evaluate(built, store, spec, {}, { fusedKernels: true })
    expect([...optimised.gradients.keys()].sort()).toEqual([...plain.gradients.keys()].sort())
    expectSameOutcome(optimised, plain, 1e-8)
  })
})
