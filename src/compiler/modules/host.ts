import type { TextFiles } from '../../support/text-files.js'

/**
 * What the compiler needs of the world: the texts of modules, and of other files that a program names. The modules of the standard
 * library are called `std:NAME` and are read by that name.
 */
export interface Host extends TextFiles {
  /** The path of what `reference` means in the module `from`; nothing is read. */
  resolve(from: string, reference: string): string
  /** The modules (`.nas`) in a folder, or `std:`, by their full path: where near names are looked for. */
  list(folder: string): readonly string[]
}

export const standardPrefix = 'std:'

export function isStandard(path: string): boolean {
  return path.startsWith(standardPrefix)
}

/** The folder of a module: `std:` for those of the standard library, `.` for one in the current folder. */
export function folderOf(path: string): string {
  if (isStandard(path)) return standardPrefix
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}

/** Resolves a reference by names alone, the same way for every host. */
export function resolveReference(from: string, reference: string): string {
  if (isStandard(reference) || reference.startsWith('/')) return reference
  const folder = folderOf(from)
  if (folder === standardPrefix) return `${standardPrefix}${reference.replace(/^\.\//, '').replace(/\.nas$/, '')}`
  const rooted = folder.startsWith('/')
  const parts: string[] = []
  for (const part of `${folder}/${reference}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return (rooted ? '/' : '') + parts.join('/')
}
