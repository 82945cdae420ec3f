import type { Ir } from '../../ir/model/ir.js'
import type { RunProgram } from '../../runtime/index.js'
import type { ParamOverrides } from '../../space/evaluation/param-overrides.js'
import { limitAnalysis, resolveParams, type Budget, type ParamValues } from '../../space/index.js'
import { readSettings } from '../arguments/param-settings.js'
import type { Operands } from '../command.js'
import type { Terminal } from '../terminal.js'
import { chooseSpace } from './choose.js'
import { loadIr } from './load-ir.js'
import { runTarget } from './run-target.js'

/** The operand that {@link openProgram} opens. */
export const fileOrRun: Operands = { text: 'FILE|RUN', least: 1, most: 1 }

/** What a command speaks of. */
export interface Program {
  /** As the command line names it. */
  readonly operand: string
  readonly ir: Ir
  /** Params that hold where `--set` says nothing else; those that are absent have their usual values. */
  readonly params: ParamOverrides
  /** Present: it is the program of a run. */
  readonly run?: RunProgram
  /** The architecture of the run that the operand names. */
  readonly named?: string
}

/**
 * Opens `FILE|RUN`: a `.nas` or `.ir.json` file, a run directory, or an architecture in the folder of one. Nothing where a
 * file has errors, which are printed.
 *
 * @throws Failure NAS7202 … NAS7208 on a folder that is no run or a damaged one, and as `loadIr`
 */
export async function openProgram(
  operand: string,
  json: boolean,
  terminal: Terminal,
  budget: Budget,
): Promise<Program | undefined> {
  const target = runTarget(operand)
  if (target === undefined) {
    const ir = await loadIr(operand, json, terminal, budget)
    return ir && { operand, ir, params: {} }
  }
  const { readRunProgram } = await import('../../runtime/search/run/run-program.js')
  const run = readRunProgram(target.run)
  limitAnalysis(run.ir, budget)
  const { ir, searched } = run
  return { operand, ir, params: searched.params, run, ...(target.name !== undefined && { named: target.name }) }
}

/** The params of a program under `--set`. */
export function paramsUnder({ ir, params }: Program, set: readonly string[]): ParamValues {
  return resolveParams(ir, { ...params, ...readSettings(set) })
}

/** The id of the space that is meant: of a run its own where `--space` names none. */
export function spaceMeant({ ir, run }: Program, supplied: string | undefined): string {
  return supplied === undefined && run !== undefined ? run.space : chooseSpace(ir, supplied)
}

/** The space that is meant as a whole, and its params under `--set`; a run whose data are other images is told of. */
export function wholeSpace(
  program: Program,
  supplied: { readonly space: string | undefined; readonly set: readonly string[] },
  terminal: Terminal,
): { readonly space: string; readonly params: ParamValues } {
  const space = spaceMeant(program, supplied.space)
  const params = paramsUnder(program, supplied.set)
  tellImages(program, terminal)
  return { space, params }
}

/** Says of figures of a whole space that they are not of the data of the run. */
function tellImages({ run }: Program, terminal: Terminal): void {
  if (run?.replacesImages !== true) return
  terminal.err(
    'Images and classes are those that the space declares, of which its constraints speak; `nasc cost RUN` speaks of the data.\n',
  )
}
