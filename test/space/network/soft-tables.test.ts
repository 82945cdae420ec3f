import { describe, expect, it } from 'vitest'
import { buildNetwork, resolveParams, type Binding, type Network } from '../../../src/space/index.js'
import { failureOf } from '../../support/failures.js'
import { compiledText } from '../../support/programs.js'

const soft: Binding = ({ kind, values }) => {
  if (values === undefined) return { kind: 'mix' }
  return { kind: kind === 'resolution' || kind === 'height' ? 'subsample' : 'mask' }
}

function build(items: string, input = 'image(8, 3)', binding: Binding = soft): Network {
  const ir = compiledText(`import std:nn
import { fbnet_block } from std:mobile
space soft { input ${input}; classes 3; network { ${items} } }`)
  return buildNetwork(ir, 'soft', { params: resolveParams(ir, {}), mode: 'shared', binding })
}

const head = 'head global_pool -> linear(classes)'

describe('what cannot be masked or subsampled', () => {
  it.each([
    ['a kernel', `stage s { width 4; layer conv(4, one of {3, 5}) } ${head}`, 'NAS7670', /decides `kernel` of `s\[1\]/],
    ['a stride', `stem conv(4, 3, stride: one of {1, 2}) ${head}`, 'NAS7670', /decides height and width of/],
    ['groups', `stem conv(one of {4, 8}, groups: 1) -> conv(8, groups: 2) ${head}`, 'NAS7671', /`conv` tells/],
    ['a shuffle', `stem conv(one of {4, 8}) -> channel_shuffle(2) ${head}`, 'NAS7671', /`channel_shuffle` tells/],
    ['a layer norm', `stem conv(one of {4, 8}) -> layer_norm ${head}`, 'NAS7671', /`layer_norm` tells/],
    ['a norm of parts', `stem concat(conv(one of {4, 8}), conv(4)) -> bn ${head}`, 'NAS7671', /part by part/],
    ['parts and a whole', `stem sum(concat(conv(w), conv(w)), conv(2 * w)) ${head}`, 'NAS7671', /in different places/],
    [
      'three widths',
      `stem concat(conv(one of {4, 8}), conv(one of {4, 8}), conv(one of {4, 8})) ${head}`,
      'NAS7672',
      /depend on 3/,
    ],
    ['the depth', `stage s { width 4; depth one of {1, 2}; layer conv(4) } ${head}`, 'NAS6124', /there is no `s\[2\]/],
  ])('%s: masked', async (_, items, code, message) => {
    const source = items.includes('(w)') ? items.replace('stem', 'let w = one of {4, 8}; stem') : items
    expect(await failureOf(() => build(source))).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('a resolution that weights hang on, or two of them', async () => {
    const flat = `stem conv(4) -> linear(8) ${head}`
    expect(await failureOf(() => build(flat, 'image(one of {4, 6}, 3)'))).toMatchObject({
      code: 'NAS7670',
      message: expect.stringContaining('the shapes of weights of `stem.linear`'),
    })
    const two = () =>
      build(`stem conv(4) ${head}`, 'image(one of {4, 6}, one of {6, 8}, 3)', () => ({ kind: 'subsample' }))
    expect(await failureOf(two)).toMatchObject({
      code: 'NAS7304',
      message: expect.stringContaining('depends on 2 decisions'),
    })
  })

  it('but what only reads masked parts', () => {
    const found = build(`stem concat(conv(one of {4, 8}), conv(4)) -> relu -> conv(6) -> bn ${head}`)
    expect(found.nodes.filter(({ elastic }) => elastic !== undefined).map(({ shape }) => shape.channels)).toEqual([
      8, 12, 12,
    ])
  })
})
