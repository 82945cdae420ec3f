import { Failure } from '../../catalogue/failure.js'
import { resolveParams } from '../../space/index.js'
import { graphTargetOf, type GraphTarget } from '../../views/graph/index.js'
import { meantArchitecture, type ArchitectureChoice } from './meant-architecture.js'
import { spaceMeant, type Program } from './open-program.js'
import type { Terminal } from '../terminal.js'

/**
 * What is drawn: the architecture of `--arch`, or what a run derived, or else the space; nothing where a file of `--arch` has
 * errors, which are printed.
 */
export async function chooseGraphTarget(
  program: Program,
  choice: ArchitectureChoice & { readonly space: string | undefined },
  terminal: Terminal,
): Promise<{ readonly name: string; readonly target: GraphTarget } | undefined> {
  const { ir, params, run } = program
  if (choice.arch === undefined && (run === undefined || choice.space !== undefined)) {
    if (choice.weights !== undefined) {
      throw new Failure('options-exclude', { first: run === undefined ? 'FILE' : '--space', second: '--weights' })
    }
    const space = spaceMeant(program, choice.space)
    return { name: space, target: graphTargetOf(ir, space, resolveParams(ir, { ...params, ...choice.set })) }
  }
  const meant = await meantArchitecture(program, choice, terminal)
  if (meant === undefined) return undefined
  const { name, architecture, images } = meant
  return { name, target: graphTargetOf(meant.ir, architecture.space, meant.params, architecture, images) }
}
