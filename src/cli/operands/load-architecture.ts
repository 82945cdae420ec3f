import { Failure } from '../../catalogue/failure.js'
import { existsSync } from 'node:fs'
import type { Ir } from '../../ir/model/ir.js'
import { budgetOf } from '../../space/index.js'
import type { Host } from '../../compiler/modules/host.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import { findArchitecture } from './choose.js'
import { compileOrComplain, isCompiled, readText } from './load-ir.js'
import type { Terminal } from '../terminal.js'

/** An architecture and the program that it is found in. */
export interface LoadedArchitecture {
  readonly ir: Ir
  readonly name: string
}

/**
 * `--arch NAME|FILE`: an architecture that the program declares, or one in a file of its own (a result of a search),
 * which is then compiled as if it stood at the end of the program. Returns nothing where that has errors, which are printed.
 */
export async function loadArchitecture(
  ir: Ir,
  file: string,
  supplied: string,
  json: boolean,
  terminal: Terminal,
): Promise<LoadedArchitecture | undefined> {
  if (!supplied.endsWith('.nas') && !existsSync(supplied)) return { ir, name: findArchitecture(ir, supplied).name }
  const text = readText(supplied)
  const importing = importsItsSpace(text)
  if (!importing && isCompiled(file)) {
    throw new Failure(
      'architecture-without-space',
      { file: supplied, beside: `, and ${file} is compiled` },
      { help: `Give the .nas file of the space instead of ${file}, or import it in ${supplied}.` },
    )
  }
  const host = importing ? nodeHost() : appending(nodeHost(), file, text)
  const together = await compileOrComplain(importing ? supplied : file, host, json, terminal, budgetOf(ir))
  if (together === undefined) return undefined
  const known = new Set(importing ? [] : ir.architectures.map((architecture) => architecture.name))
  const found = together.architectures.filter((architecture) => !known.has(architecture.name))
  const [only, ...others] = found
  if (only === undefined || others.length > 0) {
    throw new Failure('several-architectures', { file: supplied, count: found.length })
  }
  return { ir: together, name: only.name }
}

/** The host, but with a text at the end of one file. */
function appending(host: Host, file: string, text: string): Host {
  return {
    ...host,
    read: (path) => {
      const read = host.read(path)
      return path === file && read !== undefined ? `${read}\n${text}` : read
    },
  }
}

/** Whether the file of an architecture can be compiled by itself. */
export function importsItsSpace(text: string): boolean {
  return /^\s*import\b/m.test(text)
}
