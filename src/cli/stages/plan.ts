import type { Ir } from '../../ir/model/ir.js'
import { networkOf, type NetworkChoice } from '../operands/network.js'
import type { Terminal } from '../terminal.js'

/** The tensor program of one training step on a single image: forward, loss, gradients of all variables. */
export async function printPlan(
  ir: Ir,
  file: string,
  choice: Omit<NetworkChoice, 'supernet'>,
  terminal: Terminal,
): Promise<string | undefined> {
  const program = { operand: file, ir, params: {} }
  const network = await networkOf(program, { ...choice, supernet: choice.arch === undefined }, terminal)
  if (network === undefined) return undefined
  const { buildStep } = await import('../../runtime/plan/step.js')
  const { printProgram } = await import('../../runtime/program/print.js')
  return printProgram(buildStep(network, { batch: 1, mode: 'train', gradients: 'all' }).program)
}
