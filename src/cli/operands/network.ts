import {
  bindingOf,
  buildNetwork,
  largestBinding,
  relaxedBinding,
  resolveParams,
  supernetBinding,
} from '../../space/index.js'
import type { Network } from '../../space/network/network.js'
import { meantArchitecture, tellNetwork, type ArchitectureChoice } from './meant-architecture.js'
import { spaceMeant, type Program } from './open-program.js'
import type { Terminal } from '../terminal.js'

/**
 * Which network of a program is meant: a space with every choice left open (numbers that its search masks or slices at their
 * largest), or an architecture on its own.
 */
export interface NetworkChoice extends ArchitectureChoice {
  /** The space with every choice left open; else an architecture. */
  readonly supernet: boolean
  readonly space: string | undefined
}

/** The network that is meant; nothing where a file of `--arch` has errors, which are printed. */
export async function networkOf(
  program: Program,
  choice: NetworkChoice,
  terminal: Terminal,
): Promise<Network | undefined> {
  if (choice.supernet) return supernetOf(program, choice)
  const meant = await meantArchitecture(program, choice, terminal)
  if (meant === undefined) return undefined
  tellNetwork(meant, terminal)
  const { ir, architecture, params, images } = meant
  return buildNetwork(ir, architecture.space, {
    ...{ params, binding: bindingOf(architecture), mode: 'standalone' },
    ...images,
  })
}

/** Of a run the one that it trains. */
function supernetOf(program: Program, { space: supplied, set }: NetworkChoice): Network {
  const { ir, params, run } = program
  const space = spaceMeant(program, supplied)
  if (run !== undefined && space === run.space) return run.supernet(set)
  const search = ir.searches.find((each) => each.space === space)
  const binding = search ? largestBinding(supernetBinding(ir, search)) : relaxedBinding
  return buildNetwork(ir, space, { params: resolveParams(ir, { ...params, ...set }), binding, mode: 'shared' })
}
