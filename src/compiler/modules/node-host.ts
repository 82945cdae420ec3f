import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles } from '../../support/node/disk-files.js'
import { packageRoot } from '../../support/node/package-root.js'
import { isStandard, resolveReference, standardPrefix, type Host } from './host.js'

/** Modules are files; the standard library is in `src/compiler/std` of this package. */
export function nodeHost(): Host {
  const standard = join(packageRoot(), 'src', 'compiler', 'std')
  const fileOf = (path: string): string =>
    isStandard(path) ? join(standard, `${path.slice(standardPrefix.length)}.nas`) : path
  return {
    read: (path) => diskFiles.read(fileOf(path)),
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
