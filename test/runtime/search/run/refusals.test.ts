import { describe, expect, it } from 'vitest'
import { checkProgram } from '../../../../scripts/docs/cases.js'
import { memoryHost } from '../../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import { files, read } from '../../../support/repository.js'
import { changedText } from '../../../support/programs.js'

const cells = `import std:nn
import std:cells
import std:search
param cells = 3
let ops = { none, skip, conv(channels, 3) }
cell normal(s0, s1) {
  prepare s0, s1 { relu_conv_bn }
  node n[1..2] {
    from any 2 of earlier
    through one of ops
    merge sum
  }
  output concat(n)
}
space tiny {
  input image(8, 8, 3)
  classes 10
  cell normal = normal
  network { stem conv(8, 3) -> bn; stack cells of normal, channels 4; head global_pool -> linear(classes) }
}
search s of tiny {
  relax all by softmax
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive top(2) except none
  epochs 2
  batch 4
  retrain { epochs 2 }
}
`

const widths = `import std:nn
import std:search
space tiny {
  input image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  relax all by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive argmax
  epochs 2
  batch 4
}
`

type Change = readonly [string, string]
/** The program, what is changed of it, and the text that the diagnostic is about. */
type Mistake = readonly [base: string, at: string, ...changes: readonly Change[]]

const epochs = '  epochs 2\n'
const beside = (clause: string): Change => [epochs, `${epochs}  ${clause}\n`]
const phase = (width: number): Change => [
  epochs,
  `  sample progressive({ phase("width", {${String(width)}}, epochs: 1, lr: 0.1) })\n`,
]

const predictorTraining: Change = beside('train predictor { adam(lr: 0.1), pretrain 1 }')

/** Each architecture is trained by itself. */
const alone: readonly Change[] = [
  ['  relax all by softmax\n', ''],
  ['  train choices { adam(lr: 0.1) }\n', ''],
  [epochs, '  score trained(epochs: 3)\n  validate on 10%\n'],
]

/** By the slug of what a run would say, a program that a check refuses for it, where the mistake is. */
const known: Readonly<Record<string, Mistake>> = {
  'all-excepted': [
    cells,
    'derive top(2) except skip',
    ['except none', 'except skip'],
    ['{ none, skip, conv(channels, 3) }', '{ skip }'],
  ],
  'argmax-of-set': [cells, 'derive argmax', ['top(2) except none', 'argmax']],
  'argument-missing': [widths, 'sgd', ['sgd(lr: 0.1)', 'sgd()']],
  'cells-misplaced': [cells, 'engine(at: {0, 9})', beside('cells engine(at: {0, 9}), transit elsewhere')],
  'clause-missing': [cells, 'relax all by softmax', ['  train choices on 50% { adam(lr: 0.1) }\n', '']],
  'derivation-not-alone': [widths, 'best(of: 3)', ['argmax', 'argmax, best(of: 3)\n  validate on 10%']],
  'except-no-operation': [cells, '3', ['except none', 'except 3']],
  'frozen-throughout': [widths, 'frozen 2', ['adam(lr: 0.1)', 'adam(lr: 0.1), frozen 2']],
  'no-disjoint-paths': [cells, 'sample two disjoint paths', beside('sample two disjoint paths')],
  'predictor-does-not-fit': [
    widths,
    'predictor quality = mlp(8)',
    beside('predictor quality = mlp(8)'),
    predictorTraining,
  ],
  'contrast-does-not-fit': [widths, 'minimise contrastive(queue: 8)', ['cross_entropy', 'contrastive(queue: 8)']],
  'views-do-not-fit': [widths, 'views 3 by moco_v2', beside('views 3 by moco_v2')],
  'idle-teacher': [widths, 'teacher ema(0.9)', beside('teacher ema(0.9)')],
  'no-connections': [cells, 'sparse', ['softmax', 'sparse']],
  'no-option-weights': [widths, 'strength', ['softmax', 'strength']],
  'no-order': [cells, 'sample largest', beside('sample largest')],
  'no-rule': [cells, 'derive argmax of through', ['top(2) except none', 'argmax of through']],
  'not-strictly-fair': [cells, 'sample strict_fairness', beside('sample strict_fairness')],
  'more-than-labels': [
    widths,
    'minimise 2 * cross_entropy',
    ...alone,
    ['cross_entropy', '2 * cross_entropy'],
    ['argmax', 'random(count: 2)'],
  ],
  'too-few-epochs': [widths, 'successive_halving(of: 9)', ...alone, ['argmax', 'successive_halving(of: 9)']],
  'trains-nothing-on': [
    widths,
    'successive_halving(of: 9)',
    ['argmax', 'successive_halving(of: 9)\n  validate on 10%'],
  ],
  'trains-what-nothing-judges': [widths, 'score trained(epochs: 3)', ...alone],
  'no-validation': [widths, 'best(of: 3)', ['argmax', 'best(of: 3)']],
  'nonzero-does-not-fit': [cells, 'nonzero', ['top(2) except none', 'nonzero']],
  'not-a-component': [widths, '3', ['adam(lr: 0.1)', '3']],
  'not-relaxed': [cells, 'relax through by softmax', ['relax all', 'relax through']],
  'nothing-trained': [
    widths,
    'derive argmax',
    beside('sample uniform'),
    ['  relax all by softmax\n', ''],
    ['  train choices { adam(lr: 0.1) }\n', ''],
  ],
  'pass-not-run': [widths, 'minimise distill(from: sandwich)', ['cross_entropy', 'distill(from: sandwich)']],
  'phase-opens-nothing': [widths, 'sample progressive({ phase("width", {9}, epochs: 1, lr: 0.1) })', phase(9)],
  'relaxes-nothing': [cells, 'resolution', ['relax all', 'relax resolution']],
  'retrains-what-is-not-searched': [
    cells,
    'true',
    ['param cells = 3', 'param cells = 3\nparam wide = false'],
    ['conv(8, 3) ->', 'conv(8, if wide then one of {3, 5} else 3) ->'],
    ['retrain { epochs 2 }', 'retrain { epochs 2, wide = true }'],
  ],
  'samples-nothing': [
    widths,
    'minimise cross_entropy + sampled(macs / 1M)',
    ['cross_entropy', 'cross_entropy + sampled(macs / 1M)'],
    ['softmax', 'slice'],
    ['  train choices { adam(lr: 0.1) }\n', ''],
    ['argmax', 'best(of: 3)\n  validate on 10%'],
  ],
  'second-order-of-passes': [
    widths,
    'second_order',
    ['adam(lr: 0.1)', 'adam(lr: 0.1), second_order'],
    beside('sample sandwich'),
  ],
  'sets-of-single-choice': [cells, 'all', ['softmax', 'combinatorial']],
  'setting-missing': [widths, 's', [epochs, '']],
  'setting-without-meaning': [widths, 'epochs 7', [epochs, phase(8)[1]], ['batch 4', 'batch 4\n  epochs 7']],
  'share-out-of-range': [cells, '150%', ['choices on 50%', 'choices on 150%']],
  'span-of-no-numbers': [widths, 'true', ['sgd(lr: 0.1)', 'sgd(lr: linear(true to 3))']],
  'too-many-option-sets': [
    cells,
    'from',
    ['relax all by softmax', 'relax through by softmax, from by combinatorial'],
    ['n[1..2]', 'n[1..14]'],
    ['any 2 of earlier', 'any 1.. of earlier'],
  ],
  'top-does-not-fit': [cells, 'top(3)', ['top(2)', 'top(3)']],
  'top-without-operations': [cells, 'derive top(2) except none', ['through one of ops', 'through conv(channels, 3)']],
  'unknown-override': [widths, 'wide', beside('wide = 3')],
  'wrong-argument': [widths, '-1', ['sgd(lr: 0.1)', 'sgd(lr: 0.1, momentum: -1)']],
  'wrong-shares': [cells, '70%', ['choices on 50%', 'choices on 70%']],
}

/** What only a run can find out, and why. */
const onlyInRuns: Readonly<Record<string, string>> = {
  'choose-one': 'the command line says which search',
  'unknown-search': 'the command line says which search',
  'unknown-scale': 'the command line says which scale',
  diverged: 'it is the loss',
  'no-held-out-images': 'it is about the images of another run',
  'nothing-open-within': 'it depends on what is drawn',
  'no-second-path': 'it depends on the first path that is drawn',
  'nothing-to-draw': 'all architectures have to be counted by their costs, which may take longer than a check',
  'cost-of-shapes': 'the network of the first step is planned for it, which takes longer than a check',
}
/** What is said of a file that the program names: `named-files.test.ts` has programs with files. */
const ofFiles = ['named-file-unreadable']
/** A check warns of it, and says no more. */
const toCome = ['not-available-yet', 'component-not-available', 'cost-not-available']

function findingsIn([base, , ...changes]: Mistake) {
  const text = changedText(base, ...changes)
  const { diagnostics } = checkProgram('main.nas', memoryHost({ 'main.nas': text }, nodeHost()))
  return diagnostics.map(({ code, severity, span }) => ({ code, severity, at: text.slice(span.start, span.end) }))
}

describe('what a run refuses before it trains', () => {
  it.each([['cells', cells] as const, ['widths', widths] as const])('is nothing of the program %s', (_, text) => {
    expect(findingsIn([text, ''])).toEqual([])
  })

  it.each(Object.entries(known))('is found by a check, at its place: %s', (slug, mistake) => {
    const severity = slug === 'setting-missing' ? 'warning' : 'error'
    expect(findingsIn(mistake)).toContainEqual({
      code: expect.stringMatching(/^NAS\d{4}$/u),
      severity,
      at: mistake[1],
    })
  })

  it('is all that there is, but for what has a reason', () => {
    const sources = files().filter((file) =>
      /^src\/runtime\/search\/(settings|components|step)\/.*\.ts$|^src\/runtime\/search\/run\/resolve-search\.ts$/u.test(
        file,
      ),
    )
    const raised = sources.flatMap((file) => [...read(file).matchAll(/new Failure\(\s*'([a-z-]+)'/gu)])
    const slugs = [...new Set(raised.map(([, slug = '']) => slug))].sort()
    expect(slugs).toEqual([...Object.keys(known), ...Object.keys(onlyInRuns), ...ofFiles, ...toCome].sort())
  })
})
