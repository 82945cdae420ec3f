import { extname, join } from 'node:path'
import { listAt } from './listing.js'

const endings: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.webp'])

/** How deep images may lie below a folder that is named. */
const deepest = 8

/** By its name alone. */
export function isImage(name: string): boolean {
  return endings.has(extname(name).toLowerCase())
}

/**
 * Paths of the image files in a folder and the folders in it: of each folder its own first, by name.
 * @throws Failure NAS7102
 */
export async function imagesBelow(folder: string, depth = deepest): Promise<readonly string[]> {
  const listing = await listAt(folder)
  if (listing === undefined) return []
  const images = listing.files.filter(isImage).map((name) => join(folder, name))
  if (depth === 0) return images
  for (const name of listing.folders) images.push(...(await imagesBelow(join(folder, name), depth - 1)))
  return images
}
