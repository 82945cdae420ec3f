import { existsSync } from 'node:fs'
import { Failure } from '../../catalogue/failure.js'
import type { Architecture } from '../../space/index.js'
import type { Terminal } from '../terminal.js'
import { decisionsIn } from './load-architecture.js'
import { runTarget, type RunTarget } from './run-target.js'

/** How a command asks for a network of a run. */
export const weightsOption = {
  kind: 'choice',
  options: ['retrained', 'inherited', 'supernet'],
  describe:
    'The network trained from scratch, an architecture with the weights of the supernet, or the supernet itself',
} as const

/** What the weights are called, for readers. */
export const weightsNames = {
  retrained: 'retrained weights',
  inherited: 'inherited weights',
  supernet: 'the supernet itself',
} as const

type Weights = (typeof weightsOption.options)[number]

interface AskedNetwork<Allowed extends Weights> {
  readonly run: string
  readonly weights?: Allowed
  readonly architecture?: string | Architecture
}

interface Values<Allowed extends Weights> {
  readonly arch?: string | undefined
  readonly weights?: Allowed | undefined
  readonly json: boolean
}

/**
 * The network that an operand `RUN|FILE` and the options `--arch` and `--weights` ask for; nothing where a file has errors, which
 * are printed.
 */
export function askedNetwork(
  target: string,
  values: Values<Weights>,
  terminal: Terminal,
): Promise<AskedNetwork<Weights> | undefined> {
  return askedNetworkOf(targetOf(target), values, terminal)
}

/** As {@link askedNetwork}, of an operand that is known to name a run; its weights are those that a command allows. */
export async function askedNetworkOf<Allowed extends Weights>(
  { run, name }: RunTarget,
  { arch, weights, json }: Values<Allowed>,
  terminal: Terminal,
): Promise<AskedNetwork<Allowed> | undefined> {
  if (name !== undefined && arch !== undefined) {
    throw new Failure('options-exclude', { first: 'FILE', second: '--arch' })
  }
  const asked = name ?? arch
  if (weights === 'supernet' && asked !== undefined) {
    throw new Failure('options-exclude', {
      first: name === undefined ? '--arch' : 'FILE',
      second: '--weights supernet',
    })
  }
  const architecture = asked?.endsWith('.nas') === true ? await decisionsIn(asked, json, terminal) : asked
  if (asked !== undefined && architecture === undefined) return undefined
  return { run, ...(weights !== undefined && { weights }), ...(architecture !== undefined && { architecture }) }
}

/** An architecture by its file is one of a run. */
function targetOf(target: string): RunTarget {
  const found = runTarget(target)
  if (found === undefined && target.endsWith('.nas') && existsSync(target)) {
    throw new Failure('architecture-outside-run', { file: target })
  }
  return found ?? { run: target }
}
