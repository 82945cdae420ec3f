import { describe, expect, it } from 'vitest'
import { parse } from '../../../../src/compiler/syntax/parse.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import { settingPlaces, type SettingPlace } from '../../../../src/ir/model/search.js'
import { seal } from '../../../../src/ir/seal/index.js'
import { rows } from '../../../../src/runtime/search/components/settings/rows.js'
import { resolveSettings } from '../../../../src/runtime/search/settings/settings.js'
import { failureOf } from '../../../support/failures.js'
import { loweredText } from '../../../support/lowered-searches.js'

/** Every setting of std:search as it may be written, with a value that no search has by itself. */
const written: Readonly<Record<string, string>> = {
  epochs: 'epochs 7',
  batch: 'batch 3',
  examples: 'examples 11',
  architectures: 'architectures 3',
  lr: 'lr 0.7',
  choice_lr: 'choice_lr 0.7',
  clip: 'clip 7',
  augment: 'augment flip',
  cutout: 'cutout 3',
  drop_path: 'drop_path 0.1 to 0.2',
  auxiliary: 'auxiliary 0.7 at 1/2',
  label_smoothing: 'label_smoothing 0.3',
  decay: 'decay 0.7',
  choice_init: 'choice_init 0.7',
  warmup: 'warmup 7',
  clip_value: 'clip_value 7',
  decay_kernels_only: 'decay_kernels_only',
  classes_share: 'classes_share 30%',
  image_side: 'image_side 16',
  head_dropout: 'head_dropout 0.3',
  drop_connect: 'drop_connect 0.3',
  calibrate: 'calibrate 7',
  zero_init_residual: 'zero_init_residual',
  frozen: 'frozen 3',
  second_order: 'second_order',
  measure: 'measure 7',
  pretrain: 'pretrain 3',
}

const text = nodeHost().read('std:search') ?? ''
const settings = parse({ path: 'std:search', text }).value.declarations.flatMap((each) =>
  each.kind === 'extern' && each.category.text === 'setting' ? [each] : [],
)

/** A search with a setting in one of its blocks, in place of the one of its name that stands there. */
function program(place?: SettingPlace, name = ''): string {
  const block = (of: SettingPlace, ...items: readonly string[]): string => {
    const others = of === place ? items.filter((each) => !each.startsWith(`${name} `)) : items
    return [...others, ...(of === place ? [written[name] ?? ''] : [])].join(', ')
  }
  const predictor = `predictor p = mlp(8), fitted to measurements "m.csv"
  train predictor { ${block('train predictor', 'adam(lr: 1)')} }`
  return `import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights { ${block('train weights', 'sgd(lr: 0.1)')} }
  train choices { ${block('train choices', 'adam(lr: 0.1)')} }
  derive   argmax
  retrain  { ${block('retrain', 'epochs 5', 'batch 6')} }
  ${block('search', 'epochs 5', 'batch 6').replaceAll(', ', '; ')}
  ${place === 'train predictor' ? predictor : ''}
}`
}

function planOf(source: string): unknown {
  const { ir, diagnostics } = loweredText(source)
  if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return resolveSettings(seal(ir), {})
}

const cases = settings.flatMap(({ name, places, planned }) =>
  settingPlaces.map((place) => ({
    name: name.text,
    place,
    stands: places.some(
      ({ clause, variables }) =>
        place === [clause.text, variables?.text].join(' ').trim() ||
        (clause.text === 'train' && variables === undefined && place.startsWith('train ')),
    ),
    isPlanned: planned !== undefined,
  })),
)

describe('a setting', () => {
  it('of std:search is tried here', () => {
    expect(Object.keys(written).sort()).toEqual(settings.map(({ name }) => name.text).sort())
  })

  it('is read in every block in which it may stand, and in no other', () => {
    const read = rows().flatMap(([name, { parts }]) =>
      Object.values(parts).flatMap(({ said }) => said.map((place) => `${name} in ${place}`)),
    )
    const declared = cases.filter(({ stands, isPlanned }) => stands && !isPlanned)
    expect([...new Set(read)].sort()).toEqual(declared.map(({ name, place }) => `${name} in ${place}`).sort())
  })

  it.each(cases.filter(({ stands }) => !stands))('$name is refused in $place by check', ({ name, place }) => {
    const { diagnostics } = loweredText(program(place, name))
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain('NAS4150')
  })

  const available = cases.filter(({ stands, isPlanned, place }) => stands && !isPlanned && place !== 'train predictor')
  it.each(available)('$name in $place changes what is run', ({ name, place }) => {
    expect(planOf(program(place, name))).not.toEqual(planOf(program()))
  })

  const planned = cases.filter(({ stands, isPlanned, place }) => stands && isPlanned && place !== 'train predictor')
  it.each(planned)('$name in $place is warned of by check, and refused by run', async ({ name, place }) => {
    const source = program(place, name)
    expect(loweredText(source).diagnostics.map(({ code }) => code)).toEqual(['NAS5006'])
    expect((await failureOf(() => planOf(source))).code).toBe('NAS7501')
  })
})
