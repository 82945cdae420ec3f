import { describe, expect, it } from 'vitest'
import { countArchitectures, decisionsByPath } from '../../../src/analysis/index.js'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, resolveParams } from '../../../src/space/index.js'
import { paramsOf, printArchitecture, resolveArchitecture } from '../../../src/architectures/index.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const others = {
  'one.nas': `import { conv } from std:nn
op block(kernel: int) = conv(channels, kernel)
let first = { block(1), block(3) }
let chains = { block(1) -> block(3) }`,
  'two.nas': `import { conv, relu } from std:nn
op block(kernel: int) = conv(channels, kernel) -> conv(channels, kernel)
let second = { block(1), block(3) }
let others = { block(1) -> block(3) }`,
}

function program(imports: string, layers: string): string {
  return `import { conv, global_pool, linear } from std:nn
import { first, chains } from "./one.nas"
import { second, others } from "./two.nas"
${imports}
space s {
  input image(4, 4, 2)
  classes 3
  network { stem conv(2, 3); stage a { width 2; depth 1; layer one of ${layers} }; stage b { width 2; depth 1; layer one of chains + others }; head global_pool -> linear(classes) }
}`
}

describe('operations of one name in several modules', () => {
  it.each([
    ['', 'first + second', ['block(1)', 'block(3)', 'two_block(1)', 'two_block(3)']],
    [
      'op block(kernel: int) = conv(channels) -> conv(channels, kernel)\n',
      'first + second + { block(1) }',
      ['one_block(1)', 'one_block(3)', 'two_block(1)', 'two_block(3)', 'block(1)'],
    ],
    [
      'import { block as narrow } from "./one.nas"\n',
      'first + second + { narrow(1) }',
      ['narrow(1)', 'narrow(3)', 'block(1)', 'block(3)'],
    ],
    [
      'op two_block = conv(channels)\nop block(kernel: int) = conv(channels, kernel) -> two_block\n',
      'second + { block(3) }',
      ['two_block_2(1)', 'two_block_2(3)', 'block(3)'],
    ],
  ])('are told apart, counted and read back: %s layer one of %s', (imports, layers, names) => {
    const text = program(imports, layers)
    const ir = compiledText(text, others)
    const params = resolveParams(ir, {})
    expect(decisionsByPath(ir, 's', { params }).get('a.layer[1]')?.options).toEqual(names)
    const all = enumerated(ir, 's')
    expect(countArchitectures(ir, 's', { params }).architectures).toBe(BigInt(names.length * 2))
    expect(all.length).toBe(names.length * 2)
    const printed = all.map(({ architecture }, index) => printArchitecture(ir, architecture, `x${index}`, params))
    expect(new Set(printed.map((each) => each.replace(/x\d+/, ''))).size).toBe(all.length)
    const read = compiledText(`${text}\n${printed.join('\n')}`, others)
    const costs = read.architectures.map((architecture) => {
      const own = paramsOf(read, architecture)
      const binding = bindingOf(resolveArchitecture(read, architecture, own))
      return costOf(buildNetwork(read, 's', { params: own, binding, mode: 'standalone' })).macs
    })
    expect(costs).toEqual(all.map(({ macs }) => macs))
  })
})
