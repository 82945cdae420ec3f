import { resolveParams } from '../../space/index.js'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { graphTargetOf, type GraphTarget } from '../../views/graph/index.js'
import type { Ir } from '../../ir/model/ir.js'
import { chooseSpace } from './choose.js'
import { loadArchitecture } from './load-architecture.js'
import type { NetworkChoice } from './network.js'
import type { Terminal } from '../terminal.js'

/** What is drawn: the space, or `--arch`; nothing where a file of `--arch` has errors, which are printed. */
export async function chooseGraphTarget(
  ir: Ir,
  file: string,
  choice: NetworkChoice,
  terminal: Terminal,
): Promise<{ readonly name: string; readonly target: GraphTarget } | undefined> {
  if (choice.arch === undefined) {
    const space = chooseSpace(ir, choice.space)
    return { name: space, target: graphTargetOf(ir, space, resolveParams(ir, choice.set)) }
  }
  const loaded = await loadArchitecture(ir, file, choice.arch, choice.json, terminal)
  if (loaded === undefined) return undefined
  const params = paramsOf(loaded.ir, loaded.architecture, choice.set)
  const architecture = resolveArchitecture(loaded.ir, loaded.architecture, params)
  return { name: loaded.architecture.name, target: graphTargetOf(loaded.ir, architecture.space, params, architecture) }
}
