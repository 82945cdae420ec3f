import { existsSync } from 'node:fs'
import { Failure } from '../../catalogue/failure.js'
import type { Architecture } from '../../space/index.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import type { Terminal } from '../terminal.js'
import { decisionsIn, runTarget, type RunTarget } from './run-target.js'

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

interface AskedNetwork {
  readonly run: string
  readonly weights?: (typeof weightsOption.options)[number]
  readonly architecture?: string | Architecture
}

interface Values {
  readonly arch?: string | undefined
  readonly weights?: AskedNetwork['weights'] | undefined
  readonly json: boolean
}

/**
 * The network that an operand `RUN|FILE` and the options `--arch` and `--weights` ask for; nothing where a file has errors, which
 * are printed.
 */
export async function askedNetwork(
  target: string,
  { arch, weights, json }: Values,
  terminal: Terminal,
): Promise<AskedNetwork | undefined> {
  const { run, name } = targetOf(target)
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
  return { run, ...withoutUndefined({ weights, architecture }) }
}

/** An architecture by its file is one of a run. */
function targetOf(target: string): RunTarget {
  const found = runTarget(target)
  if (found === undefined && target.endsWith('.nas') && existsSync(target)) {
    throw new Failure('architecture-outside-run', { file: target })
  }
  return found ?? { run: target }
}
