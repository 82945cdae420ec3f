import { describe, expect, it } from 'vitest'
import { countArchitectures, decisionsOf, requireFaults } from '../../src/analysis/index.js'
import { Failure } from '../../src/catalogue/failure.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { resolveParams } from '../../src/space/index.js'
import { lowered } from './comparison/compiled.js'
import { recordedDraws } from './draws.js'
import { holdsIn, type Condition } from './generator/condition.js'
import { takes } from './generator/path-requires.js'
import { programOf, type ProbedProgram } from './generator/program.js'
import { enumerate, TooMany } from './reference/enumerate.js'

const standard = nodeHost()

/** A program whose space is `space1`, and which can have copies of it with a `require` more. */
type Probed = Pick<ProbedProgram, 'text' | 'conditions' | 'probes'>

describe('every path that `count` lists', () => {
  it('is understood in the `require`s of random programs, and requires what it says', () => {
    const root = createRandom(20_261_130, 'listed paths')
    const compared = Array.from({ length: 8 }, (_, index) => {
      const program = programOf(recordedDraws(root.stream(String(index))))
      return program.space === 'space1' ? pathsIn(program).length : 0
    })
    expect(compared.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10)
  })

  it('is understood where choices are made per space, in arguments of cells and as numbers of cells', () => {
    const body = `
      input image(8, 3); classes 2
      let k = 3 + one of {0, 2}
      cell a = c(a: one of {1, 3})
      cell b = c(a: one of {1, 3})
      network {
        stem conv(4, 1)
        stack one of {1, 2} of a
        stack one of {1, 2} of b
        stage t { width 4 * one of {1, 2}; layer conv(channels, k) -> block }
        stage u { width 4; depth one of {1, 2} per space; layer conv(channels, 1) }
        head global_pool -> linear(classes)
      }`
    expect(pathsIn(probed(body))).toEqual(['count', 'a', 'count[2]', 'a[2]', 't.width', 'k', 'block.kernel', 'depth'])
  })

  it('is understood where it is called like an operation, a cost or the layers of a stage', () => {
    const body = `
      input image(8, 3); classes 2
      network {
        stem conv(4, 1)
        stage t { layer pick(one of {1, 3} per space) -> pool }
        stage u { depth 2; layer one of { one of {relu, identity} per stage, one of {relu, bn} per stage } }
        head global_pool -> linear(classes)
      }`
    expect(pathsIn(probed(body))).toEqual([
      'macs',
      't.layer[1].pick.kernel',
      'pick.kernel[2]',
      'pool',
      'u.layer',
      'u.layers[2]',
      'u.layer[1]',
      'u.layer[2]',
    ])
  })
})

function probed(body: string): Probed {
  const operations = `
    import { bn, conv, global_pool, identity, linear, relu } from std:nn
    op block(kernel: int = 1) = conv(channels, kernel) -> conv(channels, one of {1, 3} per space)
    op pick(macs: int) = conv(channels, one of {1, 3}) -> conv(channels, one of {1, 3} per space) -> conv(channels, macs)
    op pool = one of {relu, identity} per space
    cell c(x, a: int = 1) { node n { from x through conv(channels, a) }; output n }`
  const space = (name: string, require: string): string => `space ${name} { ${body} ${require} }\n`
  return {
    text: `${operations}\n${space('space1', '')}`,
    conditions: [],
    probes: (conditions) =>
      [operations, ...conditions.map(({ text }, number) => space(`probe${number}`, `require ${text}`))].join('\n'),
  }
}

/** Requires every option of every decision that is listed, one after the other. Returns the paths. */
function pathsIn(program: Probed): readonly string[] {
  const ir = lowered(program.text, standard)
  const known = ir && attempted(() => decisionsOf(ir, 'space1', { params: resolveParams(ir, {}) }))
  const members = ir && known && attempted(() => enumerate(ir, 'space1', resolveParams(ir, {}), 300).members)
  if (!known || !members) return []
  const conditions = known.flatMap((decision) => decision.options.map((option) => takes(decision, option)))
  const probes = lowered(program.probes(conditions), standard)
  if (!probes) throw new Error(`a path is not understood in\n${program.probes(conditions)}`)
  conditions.forEach((condition, number) => {
    const own = members.filter((member) => [...program.conditions, condition].every((each) => holdsIn(each, member)))
    expect(countedIn(probes, `probe${number}`), said(program, condition)).toBe(BigInt(own.length))
  })
  return known.map(({ path }) => path)
}

function countedIn(ir: Ir, space: string): bigint | string {
  const options = { params: resolveParams(ir, {}) }
  const fault = requireFaults(ir, space, options).find(({ kind }) => kind !== 'two-readings')
  return fault ? fault.kind : countArchitectures(ir, space, options).architectures
}

function said({ text }: Probed, condition: Condition): string {
  return `require ${condition.text} in\n${text}`
}

/** Undefined where a program is too large, or is not analysed. */
function attempted<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof TooMany || error instanceof Failure) return undefined
    throw error
  }
}
