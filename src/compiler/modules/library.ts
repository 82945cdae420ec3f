import { ReadFailure } from '../../support/text-files.js'
import { standardPrefix, type Host } from './host.js'
import type { SyntaxFile } from '../syntax/ast.js'
import { parseStandard } from './standard-modules.js'

/** The standard library, also what the program does not import of it: read when somebody asks. */
export type Library = () => readonly SyntaxFile[]

export function libraryOf(host: Host): Library {
  let modules: readonly SyntaxFile[] | undefined
  return () => {
    modules ??= host.list(standardPrefix).flatMap((path) => {
      const text = readIfPossible(host, path)
      return text === undefined ? [] : [parseStandard({ path, text }).value]
    })
    return modules
  }
}

/** The library is only looked through for suggestions here: a module that cannot be read suggests nothing. */
function readIfPossible(host: Host, path: string): string | undefined {
  try {
    return host.read(path)
  } catch (error) {
    if (error instanceof ReadFailure) return undefined
    throw error
  }
}
