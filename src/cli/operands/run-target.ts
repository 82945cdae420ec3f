import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A run directory, or an architecture of one by the name of its file. */
export interface RunTarget {
  readonly run: string
  readonly name?: string
}

/** What an operand `RUN|FILE` names of a run; nothing where it is a program. */
export function runTarget(target: string): RunTarget | undefined {
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) return { run: target }
  const run = dirname(dirname(target))
  const isOfRun = basename(dirname(target)) === 'architectures' && existsSync(join(run, 'run.json'))
  return isOfRun && target.endsWith('.nas') ? { run, name: basename(target, '.nas') } : undefined
}
