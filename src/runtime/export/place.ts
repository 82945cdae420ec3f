import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { Failure } from '../../catalogue/failure.js'
import { asideSuffix, flushFolder, replaceFile } from '../../support/node/replace-file.js'
import { onDisk } from '../run/files.js'
import type { ExportedFile } from './formats/format.js'

/** What is written aside, to be looked at before it takes its place. */
export interface Staged {
  /** Of the file, or of the folder. */
  readonly path: string
  /** Puts it, and the file beside it, in place of what was there. Gives the paths. */
  take(card: string): readonly string[]
  discard(): void
}

/** Name of the card in the folder of an export. */
export const cardName = 'README.md'

/**
 * Writes the files of an export into a folder aside.
 *
 * @param out the file, or the folder, that it is to be
 * @throws Failure NAS7653 where another folder is there, NAS7210 … NAS7212
 */
export function stage(out: string, files: readonly ExportedFile[]): Staged {
  const place = resolve(out)
  const isFolder = files.every(({ name }) => name !== '')
  if (isFolder) requireOwn(place, files)
  else if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Failure('export-place-taken', { path: out, what: 'a folder' })
  }
  const aside = join(dirname(place), `.${basename(place)}.${String(process.pid)}${asideSuffix}`)
  const discard = (): void => rmSync(aside, { recursive: true, force: true })
  const path = isFolder ? aside : join(aside, basename(place))
  onDisk(aside, () => mkdirSync(aside, { recursive: true }))
  for (const { name, content } of files)
    onDisk(aside, () => replaceFile(join(aside, name || basename(place)), [content]))
  return {
    path,
    discard,
    take: (card) => onDisk(place, () => (isFolder ? takeFolder(aside, place, card) : takeFile(path, place, card))),
  }
}

function takeFile(path: string, place: string, card: string): readonly string[] {
  const beside = `${place}.md`
  renameSync(path, place)
  replaceFile(beside, [card])
  return [place, beside]
}

function takeFolder(aside: string, place: string, card: string): readonly string[] {
  replaceFile(join(aside, cardName), [card])
  const before = `${aside}.before`
  const wasThere = existsSync(place)
  if (wasThere) renameSync(place, before)
  renameSync(aside, place)
  flushFolder(dirname(place))
  if (wasThere) rmSync(before, { recursive: true })
  return readdirSync(place).map((name) => join(place, name))
}

/** A folder is replaced if it holds nothing but what an export of this format writes. */
function requireOwn(place: string, files: readonly ExportedFile[]): void {
  if (!existsSync(place)) return
  if (!statSync(place).isDirectory()) throw new Failure('export-place-taken', { path: place, what: 'a file' })
  const own = new Set([cardName, ...files.map(({ name }) => name.split('/')[0])])
  const other = onDisk(place, () => readdirSync(place)).find((name) => !own.has(name))
  if (other !== undefined)
    throw new Failure('export-place-taken', { path: place, what: `a folder with ${other} in it` })
}
