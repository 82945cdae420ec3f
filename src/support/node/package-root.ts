import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of nasc's own package.json, from the compiled files as well as from the sources. Needs Node. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the package.json of nasc is missing')
    folder = parent
  }
  return folder
}

/** The version of nasc. */
export function packageVersion(): string {
  return versionIn(join(packageRoot(), 'package.json'))
}

/** The version that a package.json states. */
export function versionIn(path: string): string {
  const described: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return typeof described === 'object' && described !== null && 'version' in described ? String(described.version) : ''
}
