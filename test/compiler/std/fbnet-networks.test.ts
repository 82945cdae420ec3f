import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

// Networks published with mobile-vision that no space of this repository holds: FBNet (Wu et al., CVPR 2019) as trained anew, and
// the first release of FBNetV2, which was built without rounding.

/** Width, stride, block; each is a stage. */
type Row = readonly [width: number, stride: number, block: string]

const block = (kernel: number, expand: number, more = ''): string => `fbnet_block(${kernel}, ${expand}${more})`
const unrounded = (kernel: number, expand: number, more = ''): string => `unrounded(${kernel}, ${expand}${more})`
const skip = 'fbnet_skip'
const hs = ', act: hswish'
const se = ', se: true'

const fbnetA: readonly Row[] = [
  [24, 2, block(3, 3)],
  [24, 1, block(3, 1)],
  [32, 2, block(5, 6)],
  [32, 1, block(3, 3)],
  [32, 1, block(5, 1)],
  [32, 1, block(3, 3)],
  [64, 2, block(5, 6)],
  [64, 1, block(5, 3)],
  [64, 1, 'grouped(5)'],
  [64, 1, block(5, 6)],
  [112, 1, block(3, 6)],
  [112, 1, 'grouped(5)'],
  [112, 1, block(5, 3)],
  [112, 1, 'grouped(3)'],
  [184, 2, block(5, 6)],
  [184, 1, block(5, 6)],
  [184, 1, block(5, 3)],
  [184, 1, block(5, 6)],
  [352, 1, block(5, 6)],
]
const fbnetB: readonly Row[] = [
  [16, 1, block(3, 1)],
  [24, 2, block(3, 6)],
  [24, 1, block(5, 1)],
  [24, 1, block(3, 1)],
  [24, 1, block(3, 1)],
  [32, 2, block(5, 6)],
  [32, 1, block(5, 3)],
  [32, 1, block(3, 6)],
  [32, 1, block(5, 6)],
  [64, 2, block(5, 6)],
  [64, 1, block(5, 6)],
  [64, 1, block(5, 3)],
  [112, 1, block(5, 6)],
  [112, 1, block(3, 1)],
  [112, 1, block(5, 1)],
  [112, 1, block(5, 3)],
  [184, 2, block(5, 6)],
  [184, 1, block(5, 1)],
  [184, 1, block(5, 6)],
  [184, 1, block(5, 6)],
  [352, 1, block(3, 6)],
]
const fbnetC: readonly Row[] = [
  [16, 1, block(3, 1)],
  [24, 2, block(3, 6)],
  [24, 1, block(3, 1)],
  [24, 1, block(3, 1)],
  [32, 2, block(5, 6)],
  [32, 1, block(5, 3)],
  [32, 1, block(5, 6)],
  [32, 1, block(3, 6)],
  [64, 2, block(5, 6)],
  [64, 1, block(5, 3)],
  [64, 1, block(5, 6)],
  [64, 1, block(5, 6)],
  [112, 1, block(5, 6)],
  [112, 1, block(5, 6)],
  [112, 1, block(5, 6)],
  [112, 1, block(5, 3)],
  [184, 2, block(5, 6)],
  [184, 1, block(5, 6)],
  [184, 1, block(5, 6)],
  [184, 1, block(5, 6)],
  [352, 1, block(3, 6)],
]
const firstF1: readonly Row[] = [
  [8, 1, unrounded(5, 1)],
  [24, 2, unrounded(5, 5.4566)],
  [24, 1, unrounded(5, 4.7912)],
  [32, 2, unrounded(5, 5.3501, se)],
  [24, 1, unrounded(5, 4.5379, se)],
  [56, 2, unrounded(5, 5.7133, hs)],
  [56, 1, unrounded(3, 4.1212, hs)],
  [56, 1, unrounded(3, 5.1246, se + hs)],
  [80, 1, skip],
  [80, 1, unrounded(5, 4.507, se + hs)],
  [80, 1, unrounded(5, 1.7712, se + hs)],
  [144, 2, unrounded(3, 4.5685, se + hs)],
  [144, 1, unrounded(5, 5.84, se + hs)],
  [144, 1, unrounded(5, 6.8754, se + hs)],
  [224, 1, skip],
]
const firstF4: readonly Row[] = [
  [16, 1, unrounded(3, 1)],
  [24, 2, unrounded(5, 5.4566)],
  [24, 1, unrounded(5, 1.7912)],
  [24, 1, unrounded(5, 1.7912)],
  [32, 2, unrounded(5, 5.3501, se)],
  [32, 1, unrounded(5, 3.5379, se)],
  [32, 1, unrounded(5, 4.5379, se)],
  [32, 1, unrounded(5, 4.5379, se)],
  [64, 2, unrounded(5, 5.7133, hs)],
  [64, 1, unrounded(3, 2.1212, hs)],
  [104, 1, unrounded(3, 5.0333, hs)],
  [104, 1, unrounded(5, 2.507, se + hs)],
  [104, 1, unrounded(5, 1.7712, se + hs)],
  [112, 1, unrounded(5, 3.7712, se + hs)],
  [184, 2, unrounded(3, 5.5685, se + hs)],
  [184, 1, unrounded(5, 2.84, se + hs)],
  [184, 1, unrounded(5, 4.8754, se + hs)],
  [224, 1, skip],
]

const conventional = (width: number): string => `conv(${width}) -> bn -> relu`
const pooled = (width: number): string => `pooled_head(${width})`

function programOf(size: number, stem: number, rows: readonly Row[], head: string): string {
  const stages = rows.map(
    ([width, stride, layer], index) => `    stage b${index + 1} { width ${width}; stride ${stride}; layer ${layer} }`,
  )
  return `import { bn, conv, depthwise, global_pool, hswish, linear, relu } from std:nn
import { bottleneck, fbnet_block, fbnet_skip, pooled_head, squeeze_excite } from std:mobile
op grouped(kernel: int) = residual { depthwise(kernel) -> bn -> relu -> conv(channels, groups: 2) -> bn }
op quarter(act: operation) = squeeze_excite(floor(in / 4), act)
op unrounded(kernel: int, expand: real, stride: int = 1, se: bool = false, act: operation = relu) =
  residual { bottleneck(expand != 1, round(in * expand), kernel, stride, act, if se then quarter(act)) }
space published {
  input image(${size}, 3)
  classes 1000
  network {
    stem conv(${stem}, 3, stride: 2, bias: true) -> bn -> hswish
${stages.join('\n')}
    head ${head} -> global_pool -> linear(classes)
  }
}`
}

describe('networks of mobile-vision', () => {
  it.each([
    ['fbnet_a', programOf(224, 16, fbnetA, conventional(1504)), 4_270_288, 244_452_664, 244_526_360],
    ['fbnet_b', programOf(224, 16, fbnetB, conventional(1984)), 4_766_672, 291_004_424, 291_101_640],
    ['fbnet_c', programOf(224, 16, fbnetC, conventional(1984)), 5_525_424, 378_136_224, 378_233_440],
    ['dmasking_f1', programOf(128, 8, firstF1, pooled(1600)), 5_992_970, 56_096_264, 56_274_952],
    ['dmasking_f4', programOf(224, 16, firstF4, pooled(1984)), 6_991_688, 235_134_434, 235_882_786],
  ])('%s has the published weights and multiply-accumulates, to the digit', (_, text, weights, macs, counted) => {
    const ir = compiledText(text)
    const binding = bindingOf({ space: 'published', decisions: {} })
    const network = buildNetwork(ir, 'published', { params: {}, binding, mode: 'standalone' })
    expect(costOf(network).macs).toBe(macs)
    expect(costOf(network, 'mobile-vision')).toMatchObject({ macs: counted, parameters: weights })
  })
})
