import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import { requireSystemError } from '../../support/node/system-error.js'

/** What stands in a folder, as formats look at it; of a single file: that file alone. */
export interface Listing {
  readonly folder: string
  /** Names, sorted, without those that begin with a dot. */
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/**
 * @param path of a folder or a file
 * @returns undefined: there is nothing
 * @throws Failure NAS7102
 */
export async function listAt(path: string): Promise<Listing | undefined> {
  try {
    if ((await stat(path)).isFile()) return { folder: dirname(path), files: [basename(path)], folders: [] }
    return await listFolder(path)
  } catch (error) {
    requireSystemError(error)
    const { code } = error
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Failure('data-file-unreadable', { path, reason: code })
  }
}

async function listFolder(folder: string): Promise<Listing> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const files: string[] = []
  const folders: string[] = []
  for (const entry of entries) {
    const kind = entry.isSymbolicLink() ? await stat(join(folder, entry.name)) : entry
    if (kind.isFile()) files.push(entry.name)
    else if (kind.isDirectory()) folders.push(entry.name)
  }
  return { folder, files: files.sort(), folders: folders.sort() }
}

/** True if a file is there, plain or as `.gz`. */
export function holds({ files }: Listing, name: string): boolean {
  return files.includes(name) || files.includes(`${name}.gz`)
}

/** Path of a file by its usual name: the plain one if it is there, else the one with `.gz`. */
export function pathIn({ folder, files }: Listing, name: string): string {
  return join(folder, !files.includes(name) && files.includes(`${name}.gz`) ? `${name}.gz` : name)
}

/** `it holds a, b and 3 more` */
export function contentWords({ files, folders }: Listing): string {
  const names = [...folders.map((name) => `${name}/`), ...files]
  if (names.length === 0) return 'it is empty'
  const shown = names.slice(0, 6).join(', ')
  return `it holds ${names.length > 6 ? `${shown} and ${String(names.length - 6)} more` : shown}`
}
