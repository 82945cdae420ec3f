import { unmetConstraints } from '../../src/analysis/index.js'
import { printArchitecture } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { resolveParams, type Architecture, type ParamValues } from '../../src/space/index.js'
import { programOf } from '../brute-force/generator/program.js'
import { drawnArchitecture } from './drawn-architectures.js'
import { checkedText } from './programs.js'

/** A random program with an architecture of it, as it is printed. */
export interface PrintedArchitecture {
  readonly ir: Ir
  /** The program without the architecture. */
  readonly program: string
  readonly architecture: Architecture
  readonly params: ParamValues
  /** The architecture is called `drawn`. */
  readonly text: string
}

/**
 * Architectures of random programs, some under params of their own: one of each program that compiles and of whose
 * space the draw is a member. On a program that the compiler cannot take, `test/brute-force` fails.
 */
export function printedArchitectures(seed: number, count: number): readonly PrintedArchitecture[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const random = createRandom(seed, 'printed-architectures').stream(String(index))
    const { text: program, space: name, set } = programOf(random.stream('program'))
    const ir = compiledOrNot(program)
    const space = ir?.spaces.find((each) => each.name === name)?.id
    if (!ir || space === undefined) return []
    const own = Object.entries(set).filter(([param]) => ir.params.some((each) => each.name === param))
    const params = resolveParams(ir, Object.fromEntries(own))
    const architecture = drawnArchitecture(ir, space, params, random)
    if (!architecture || unmetConstraints(ir, architecture, params).length > 0) return []
    return [{ ir, program, architecture, params, text: printArchitecture(ir, architecture, 'drawn', params) }]
  })
}

function compiledOrNot(program: string): Ir | undefined {
  try {
    return checkedText(program).value
  } catch {
    return undefined
  }
}
