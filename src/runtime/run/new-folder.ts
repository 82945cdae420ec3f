import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import { runFiles, seriesFiles } from './file-names.js'
import { failOnDisk, onDisk } from './files.js'
import { runStem } from './run-name.js'

export interface NewFolder {
  /** The folder itself (`--out`). Absent: `runs/<file>-<search>-<counter>` under `from`. */
  readonly out?: string
  /** The folder that relative paths start at. */
  readonly from?: string
}

/**
 * Makes the folder of something new.
 * @returns its full path
 * @throws Failure NAS7201 or NAS7215 if it is not empty, NAS7210 … NAS7212
 */
export function makeNewFolder(
  { out, from = process.cwd() }: NewFolder,
  of: { readonly source: string; readonly search: string },
): string {
  return out === undefined ? makeCounted(join(from, 'runs'), runStem(of.source, of.search)) : make(resolve(from, out))
}

/** The first free counter; `mkdir` decides between two processes that start at once. */
function makeCounted(parent: string, stem: string): string {
  onDisk(parent, () => mkdirSync(parent, { recursive: true }))
  for (let counter = 1; ; counter++) {
    const path = join(parent, `${stem}-${String(counter)}`)
    if (existsSync(path)) continue
    try {
      mkdirSync(path)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      return failOnDisk(path, error)
    }
  }
}

/** A folder that is new or empty. */
function make(path: string): string {
  onDisk(path, () => mkdirSync(path, { recursive: true }))
  const found = onDisk(path, () => readdirSync(path)).sort()
  if (found.length === 0) return path
  const isTaken = found.includes(runFiles.record) || found.includes(seriesFiles.record)
  if (isTaken) throw new Failure('holds-a-run', { folder: path })
  const [shown, others] = [found.slice(0, 3).join(', '), found.length - 3]
  throw new Failure('folder-not-empty', {
    folder: path,
    holds: others > 0 ? `${shown} and ${String(others)} more` : shown,
  })
}
