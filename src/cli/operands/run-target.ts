import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Architecture } from '../../space/index.js'
import type { Terminal } from '../terminal.js'
import { missingSpaces, readArchitecture } from './load-architecture.js'
import { readText } from './load-ir.js'

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

/** The decisions of the architecture that a file declares; nothing where it has errors, which are printed. */
export async function decisionsIn(file: string, json: boolean, terminal: Terminal): Promise<Architecture | undefined> {
  if ((await missingSpaces(readText(file))).length > 0) {
    throw new Failure('architecture-without-space', { file, beside: '' })
  }
  const loaded = await readArchitecture(file, undefined, json, terminal)
  return loaded && resolveArchitecture(loaded.ir, loaded.architecture, paramsOf(loaded.ir, loaded.architecture))
}
