import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, resolveParams } from '../../../src/space/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { compiledFile, compiledText } from '../../support/programs.js'

// Networks that no space of this repository holds, of the blocks in the library: each is published with mobile-vision.
const ir = compiledText(
  `import { bn, conv, global_pool, hswish, linear, relu, relu6 } from std:nn
import { bottleneck, fbnet_block, mobilenet_v2, pooled_head, squeeze_excite } from std:mobile

// This network was built without rounding: 18 and 30 hidden channels.
op quarter = squeeze_excite(floor(in / 4))
op unrounded(kernel: int, expand: real, stride: int = 1) = residual { bottleneck(true, round(in * expand), kernel, stride, relu, quarter) }

space mobilenet_v2_1_0 {
  input image(224, 3)
  classes 1000
  network {
    stem conv(32, 3, stride: 2) -> bn -> relu6
    stage s1 { width 16;                     layer mobilenet_v2(1) }
    stage s2 { width 24;  depth 2; stride 2; layer mobilenet_v2(6) }
    stage s3 { width 32;  depth 3; stride 2; layer mobilenet_v2(6) }
    stage s4 { width 64;  depth 4; stride 2; layer mobilenet_v2(6) }
    stage s5 { width 96;  depth 3;           layer mobilenet_v2(6) }
    stage s6 { width 160; depth 3; stride 2; layer mobilenet_v2(6) }
    stage s7 { width 320;                    layer mobilenet_v2(6) }
    head conv(1280) -> bn -> relu6 -> global_pool -> linear(classes)
  }
}

space mobilenet_v3_large {
  input image(224, 3)
  classes 1000
  network {
    stem conv(16, 3, stride: 2, bias: true) -> bn -> hswish
    stage s1 { width 16;                     layer fbnet_block(3, 1) }
    stage s2 { width 24;  depth 2; stride 2; first fbnet_block(3, 4); layer fbnet_block(3, 3) }
    stage s3 { width 40;  depth 3; stride 2; layer unrounded(5, 3) }
    stage s4 { width 80;  depth 2; stride 2; first fbnet_block(3, 6, act: hswish); layer fbnet_block(3, 2.5, act: hswish) }
    stage s5 { width 80;  depth 2;           layer fbnet_block(3, 2.3, act: hswish) }
    stage s6 { width 112; depth 2;           layer fbnet_block(3, 6, se: true, act: hswish) }
    stage s7 { width 160; depth 3; stride 2; layer fbnet_block(5, 6, se: true, act: hswish) }
    head pooled_head(1280) -> global_pool -> linear(classes)
  }
}

architecture MobileNetV2 of mobilenet_v2_1_0 {
  expect parameters(mobile_vision) = 3_469_760
}
`,
)

const network = (space: string) =>
  buildNetwork(ir, space, { params: {}, binding: bindingOf({ space, decisions: {} }), mode: 'standalone' })

describe('networks of the blocks in std:mobile', () => {
  it.each([
    ['mobilenet_v2_1_0', 3_469_760, 300_774_272, 300_836_992],
    ['mobilenet_v3_large', 5_449_448, 216_587_936, 217_233_664],
  ])('%s: %d weights, %d multiply-accumulates, %d by mobile-vision', (space, weights, macs, counted) => {
    expect(costOf(network(space)).macs).toBe(macs)
    expect(costOf(network(space), 'mobile-vision')).toMatchObject({ macs: counted, parameters: weights })
  })
})

describe('corners of chains of choice blocks', () => {
  /** The same option of every block. */
  const corner = (file: string, space: string, option: number) => {
    const chain = compiledFile(file)
    const params = resolveParams(chain, {})
    const decisions = Object.fromEntries(decisionsOf(chain, space, { params }).map(({ path }) => [path, [option]]))
    return buildNetwork(chain, space, { params, binding: bindingOf({ space, decisions }), mode: 'standalone' })
  }

  it.each([
    [0, 5.369909, 26.217896, 5.410661],
    [1, 5.371161, 27.48324, 5.41764],
    [2, 5.518967, 27.489492, 5.564111],
    [3, 5.178474, 26.943792, 5.229899],
  ])('Pi-NAS, candidate %d: %d G, %d M parameters, %d G by ptflops', (option, macs, parameters, counted) => {
    const built = corner('spaces/pi-nas.nas', 'pi_nas', option)
    expect(costOf(built).macs / 1e9).toBeCloseTo(macs, 6)
    expect(costOf(built).parameters / 1e6).toBeCloseTo(parameters, 6)
    expect(costOf(built, 'ptflops').macs / 1e9).toBeCloseTo(counted, 6)
  })

  it.each([
    [0, 295_842_496],
    [1, 313_654_976],
    [2, 340_373_696],
    [3, 358_825_920],
  ])('single path one-shot, candidate %d: %d', (option, macs) => {
    expect(costOf(corner('spaces/spos.nas', 'spos', option)).macs).toBe(macs)
  })
})
