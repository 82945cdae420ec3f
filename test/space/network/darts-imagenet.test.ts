import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, resolveParams } from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import type { Expression } from '../../../src/ir/model/expression.js'
import type { Ir, IrArchitecture } from '../../../src/ir/model/ir.js'
import { binary, op, param, pipe, x } from '../../support/expressions.js'
import { dartsIr } from '../../support/darts-ir-without-norms.js'

const conv = (channels: Expression): Expression => op('std:nn.conv', { channels, kernel: 3, stride: 2 })
const bn = (): Expression => op('std:nn.bn')
const relu = (): Expression => op('std:nn.relu')

/** DARTS on ImageNet: another stem, whose two outputs have different sizes. */
const ir: Ir = {
  ...dartsIr,
  spaces: dartsIr.spaces.map((space) => ({
    ...space,
    input: { height: x(224), width: x(224), channels: x(3) },
    classes: x(1000),
    network: space.network.map((item) =>
      item.kind === 'stem'
        ? {
            kind: 'stem',
            parts: [
              pipe(conv(binary(param('width'), '/', 2)), bn(), relu(), conv(param('width')), bn()),
              pipe(relu(), conv(param('width')), bn()),
            ],
          }
        : item,
    ),
  })),
}
const params = resolveParams(ir, { cells: 14, width: 48 })

describe('DARTS on ImageNet', () => {
  // papers/darts-family.md, 1.6
  it.each<[IrArchitecture['name'], number, number, number]>([
    ['DARTS_V1', 4_510_432, 505.86, 519.75],
    ['DARTS_V2', 4_718_752, 529.91, 544.59],
    ['PC_DARTS_cifar', 5_270_560, 571.14, 586.36],
  ])('%s', (name, parameters, macs, full) => {
    const binding = bindingOf(architectureOf(ir, name, params))
    const network = buildNetwork(ir, 'darts', { params, binding, mode: 'standalone' })
    expect(costOf(network).parameters).toBe(parameters)
    expect(costOf(network).macs / 1e6).toBeCloseTo(macs, 2)
    expect(costOf(network, 'full').macs / 1e6).toBeCloseTo(full, 2)
  })
})
