import {
  bindingOf,
  buildNetwork,
  largestBinding,
  relaxedBinding,
  resolveParams,
  supernetBinding,
} from '../../space/index.js'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import type { Network } from '../../space/network/network.js'
import type { Ir } from '../../ir/model/ir.js'
import { chooseSpace } from './choose.js'
import { loadArchitecture } from './load-architecture.js'
import type { ParamOverrides } from '../../space/evaluation/param-overrides.js'
import type { Terminal } from '../terminal.js'

/**
 * Which network of a program is meant: a space with every choice left open (numbers that its search masks or slices at their
 * largest), or an architecture on its own.
 */
export interface NetworkChoice {
  /** Absent: the supernet. */
  readonly arch: string | undefined
  readonly space: string | undefined
  readonly set: ParamOverrides
  readonly json: boolean
}

/** The network that is meant; nothing where a file of `--arch` has errors, which are printed. */
export async function networkOf(
  ir: Ir,
  file: string,
  choice: NetworkChoice,
  terminal: Terminal,
): Promise<Network | undefined> {
  if (choice.arch === undefined) {
    const space = chooseSpace(ir, choice.space)
    const search = ir.searches.find((each) => each.space === space)
    const binding = search ? largestBinding(supernetBinding(ir, search)) : relaxedBinding
    return buildNetwork(ir, space, { params: resolveParams(ir, choice.set), binding, mode: 'shared' })
  }
  const loaded = await loadArchitecture(ir, file, choice.arch, choice.json, terminal)
  if (loaded === undefined) return undefined
  const params = paramsOf(loaded.ir, loaded.architecture, choice.set)
  const architecture = resolveArchitecture(loaded.ir, loaded.architecture, params)
  const binding = bindingOf(architecture)
  return buildNetwork(loaded.ir, architecture.space, { params, binding, mode: 'standalone' })
}
