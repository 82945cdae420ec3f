import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seal } from '../../../../src/ir/seal/index.js'
import { resolveSettings } from '../../../../src/runtime/search/settings/settings.js'
import { loweredText } from '../../../support/lowered-searches.js'

/** What is joined, in order, and how it is written. */
interface Joined {
  readonly text: string
  readonly order: readonly string[]
}

const one = fc.oneof(
  fc.constantFrom(1, 2, 3).map((padding): Joined => ({ text: `crop(${padding})`, order: [`crop ${padding}`] })),
  fc.constant<Joined>({ text: 'flip', order: ['flip'] }),
  fc.constant<Joined>({ text: 'basic', order: ['crop 4', 'flip'] }),
)
const { all } = fc.letrec<{ all: Joined }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 3 },
    one,
    fc.tuple(one, tie('all')).map(([left, right]): Joined => join(left, { ...right, text: `(${right.text})` })),
    fc.tuple(tie('all'), one).map(([left, right]): Joined => join(left, right)),
  ),
}))

function join(left: Joined, right: Joined): Joined {
  return { text: `${left.text} & ${right.text}`, order: [...left.order, ...right.order] }
}

it('augmentations are applied in the order in which they are written, however they are joined', () => {
  const cases = fc.sample(all, { seed: 3, numRuns: 40 })
  const searches = cases.map(({ text }, index) => `search s${index} of tiny like base { augment ${text} }`)
  const { ir, diagnostics } = loweredText(`import std:nn
import std:search
let basic = crop(4) & flip
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search base of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
  epochs 1; batch 1
}
${searches.join('\n')}`)
  expect(diagnostics.map(({ message }) => message)).toEqual([])
  if (ir === undefined) throw new Error('no IR')
  const sealed = seal(ir)
  const found = cases.map((_, index) =>
    resolveSettings(sealed, { search: `s${index}` }).settings.augment.map(({ component, arguments: { padding } }) =>
      typeof padding === 'number' ? `${component} ${padding}` : component,
    ),
  )
  expect(found).toEqual(cases.map(({ order }) => order))
})
