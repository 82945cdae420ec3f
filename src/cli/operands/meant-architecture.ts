import { Failure } from '../../catalogue/failure.js'
import { architectureOf, paramsOf, resolveArchitecture } from '../../architectures/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { RunProgram, RunSetting } from '../../runtime/index.js'
import { resolveParams, type Architecture, type ParamValues } from '../../space/index.js'
import type { ParamOverrides } from '../../space/evaluation/param-overrides.js'
import { printValue } from '../../space/index.js'
import type { Terminal } from '../terminal.js'
import { findArchitecture } from './choose.js'
import { decisionsIn, loadArchitecture } from './load-architecture.js'
import type { Program } from './open-program.js'

/** Whose params and images an architecture of a run has. */
export type RunWeights = 'retrained' | 'inherited'

export const weightsOption = {
  kind: 'choice',
  options: ['retrained', 'inherited'],
  describe: 'Of a run: the network that is trained from scratch, or the one with the weights of the supernet',
} as const

export interface ArchitectureChoice {
  /** Absent: of a run what it derived. */
  readonly arch: string | undefined
  readonly weights?: RunWeights | undefined
  readonly set: ParamOverrides
  readonly json: boolean
}

/** An architecture, and all that its network is built under. */
export interface MeantArchitecture {
  readonly ir: Ir
  readonly name: string
  readonly architecture: Architecture
  readonly params: ParamValues
  /** Of the data of a run; absent: as the space declares them. */
  readonly images?: RunSetting['images']
  /** Of a run. */
  readonly of?: RunWeights
  /** Params that are stated for it, by name. */
  readonly stated: readonly string[]
}

/**
 * The architecture that is meant: of a run the one that it derived, under the params and data that it has there; or `--arch`.
 * Nothing where a file of `--arch` has errors, which are printed.
 *
 * @throws Failure NAS7521 if a run has derived none yet, NAS7527 if it trains none from scratch, and as `loadArchitecture`
 */
export async function meantArchitecture(
  program: Program,
  choice: ArchitectureChoice,
  terminal: Terminal,
): Promise<MeantArchitecture | undefined> {
  const { ir, run, named, operand } = program
  if (run !== undefined) {
    if (named !== undefined && choice.arch !== undefined) {
      throw new Failure('options-exclude', { first: operand, second: '--arch' })
    }
    return architectureOfRun(run, { ...choice, arch: named ?? choice.arch }, terminal)
  }
  if (choice.weights !== undefined) throw new Failure('options-exclude', { first: 'FILE', second: '--weights' })
  const loaded = await loadArchitecture(ir, operand, choice.arch ?? '', choice.json, terminal)
  if (loaded === undefined) return undefined
  const params = paramsOf(loaded.ir, loaded.architecture, choice.set)
  return {
    ...{ ir: loaded.ir, name: loaded.architecture.name, params },
    architecture: resolveArchitecture(loaded.ir, loaded.architecture, params),
    stated: Object.keys(loaded.architecture.with),
  }
}

/** As `nasc eval` and `nasc export` read it. */
async function architectureOfRun(
  run: RunProgram,
  { arch, weights, set, json }: ArchitectureChoice,
  terminal: Terminal,
): Promise<MeantArchitecture | undefined> {
  const { ir } = run
  const [best] = run.derived
  if (arch === undefined && best === undefined) {
    throw new Failure('nothing-to-evaluate', { run: run.path, what: 'not derived an architecture' })
  }
  const derived = arch === undefined ? best : run.derived.find(({ name }) => name === arch)
  const of = weights ?? (derived?.isRetrained === true ? 'retrained' : 'inherited')
  const setting = of === 'inherited' ? run.searched : run.retrained
  if (setting === undefined) throw new Failure('no-retraining', { run: run.path })
  const { images } = setting
  const params = resolveParams(ir, { ...setting.params, ...set })
  const common = { ir, params, images, of, stated: Object.keys(setting.params) }
  if (derived !== undefined) return { ...common, name: derived.name, architecture: derived.architecture }
  const asked = arch ?? ''
  if (asked.endsWith('.nas')) {
    const architecture = await decisionsIn(asked, json, terminal)
    return architecture && { ...common, name: asked, architecture }
  }
  findArchitecture(ir, asked)
  return { ...common, name: asked, architecture: architectureOf(ir, asked, params) }
}

/** Which network of a run an architecture was built as, in a line of its own. */
export function tellNetwork({ name, of, images, params, stated }: MeantArchitecture, terminal: Terminal): void {
  if (of === undefined || images === undefined) return
  const { height, width, channels } = images.input
  const values = stated.map((param) => `${param} = ${printValue(params[param] ?? '')}`)
  terminal.err(
    `${name}, ${of === 'retrained' ? 'trained from scratch' : 'with the weights of the supernet'}: images ` +
      `${height}x${width}x${channels}, ${images.classes} classes${values.length === 0 ? '' : `, ${values.join(', ')}`}.\n`,
  )
}
