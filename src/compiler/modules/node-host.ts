import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../support/node/package-root.js'
import { isStandard, ReadFailure, resolveReference, standardPrefix, type Host } from './host.js'

/** Modules are files; the standard library is in `src/compiler/std` of this package. */
export function nodeHost(): Host {
  const standard = join(packageRoot(), 'src', 'compiler', 'std')
  const fileOf = (path: string): string =>
    isStandard(path) ? join(standard, `${path.slice(standardPrefix.length)}.nas`) : path
  return {
    read(path) {
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(fileOf(path)))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw new ReadFailure(reasonOf(error))
      }
    },
    resolve: resolveReference,
    list(folder) {
      const inStandard = folder === standardPrefix
      try {
        return readdirSync(inStandard ? standard : folder)
          .filter((name) => name.endsWith('.nas'))
          .sort()
          .map((name) =>
            inStandard ? standardPrefix + name.slice(0, -'.nas'.length) : resolveReference(`${folder}/x`, name),
          )
      } catch {
        // Only near names are looked for here: a folder that cannot be listed offers none.
        return []
      }
    },
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'no permission'
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'it is not UTF-8 text'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
