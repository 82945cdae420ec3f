import { describe, expect, it } from 'vitest'
import { supernetBinding } from '../../../src/space/binding/supernet-binding.js'
import type { Decision } from '../../../src/space/decisions/decision.js'
import { compiledText } from '../../support/programs.js'

const width: Decision = { path: 'width', kind: 'width', options: ['4', '16', '8'], values: [4, 16, 8] }
const activation: Decision = { path: 'act', kind: 'act', options: ['relu', 'identity'] }

/** Others speak of sets of options or of connections, which a number is not. */
const bindings = ['mix', 'mask', 'subsample', 'slice'] as const

/** The binding of a search that relaxes everything by a relaxation with these rules, whatever its name. */
function bindingOf(rules: string): ReturnType<typeof supernetBinding> {
  const numbers = 'one of { 4, 16, 8 }'
  // Only resolutions may be subsampled: weights have one shape.
  const [resolution, channels] = rules.includes('subsample') ? [numbers, '4'] : ['8', numbers]
  const ir = compiledText(`
    import { conv, global_pool, linear, relu, identity } from std:nn
    import std:search
    extern relaxation mine() ${rules}
    space small {
      input image(${resolution}, 3); classes 4
      let width = ${channels}
      let act = one of { relu, identity }
      network { stem conv(width, 3) -> act; head global_pool -> linear(classes) }
    }
    search relaxed of small {
      relax all by mine
      minimise cross_entropy
      train weights { sgd(lr: 0.1) }
      derive argmax
      epochs 1; batch 8
    }`)
  const [search] = ir.searches
  if (!search) throw new Error('there is a search')
  return supernetBinding(ir, search)
}

describe('what a supernet contains of a relaxed number', () => {
  it.each(bindings)('is what its relaxation declares: %s', (kind) => {
    const bound = bindingOf(`{ binds ${kind} }`)(width)
    expect(bound).toEqual(kind === 'slice' ? { kind, option: 1 } : { kind })
  })

  it('is every alternative where the relaxation declares nothing', () => {
    expect(bindingOf('')(width)).toEqual({ kind: 'mix' })
  })
})

describe('what a supernet contains of a relaxed choice between operations', () => {
  it.each(bindings)('is every alternative, whatever its relaxation declares: %s', (kind) => {
    expect(bindingOf(`{ binds ${kind} }`)(activation)).toEqual({ kind: 'mix' })
  })
})
