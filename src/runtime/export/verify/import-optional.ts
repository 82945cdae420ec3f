import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

/**
 * The first of these packages that is installed beside nasc or in the folder where it was called, with its name.
 * What is there and does not load throws what it says.
 */
export async function importOptional(
  names: readonly string[],
): Promise<{ readonly module: unknown; readonly name: string } | undefined> {
  for (const name of names) {
    const path = placeOf(name)
    if (path === undefined) continue
    const module: unknown = await import(pathToFileURL(path).href)
    const hasDefault = typeof module === 'object' && module !== null && 'default' in module
    return { module: hasDefault ? module.default : module, name }
  }
  return undefined
}

function placeOf(name: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from).resolve(name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return undefined
}
