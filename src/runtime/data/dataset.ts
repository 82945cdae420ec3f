import { Failure } from '../../catalogue/failure.js'
import { findDataset } from './find-dataset.js'
import type { OpenOptions } from './formats/format.js'
import type { Dataset } from './image-set.js'

export { userImageCache } from './decoding/image-cache.js'
export type { OpenOptions } from './formats/format.js'
export type { Dataset, ImageSet } from './image-set.js'

/**
 * Opens `mnist`, `fashion-mnist`, or a folder or file whose format is recognised.
 * @param name as given to `--data`
 * @throws Failure NAS71xx if it is not there, not readable, damaged, too large or of a format that is not known
 */
export async function openDataset(name: string, options: OpenOptions = {}): Promise<Dataset> {
  const found = await findDataset(name, options.from ?? process.cwd())
  const content = await found.format.open(found, options)
  const { classNames } = found
  return { name: found.name, format: found.format.title, ...(classNames !== undefined && { classNames }), ...content }
}

/**
 * For `resume` and `eval`: the data must be those of the run.
 * @throws Failure NAS7114 naming the file that differs
 */
export function requireSameData(dataset: Dataset, recorded: Readonly<Record<string, string>>, run: string): void {
  for (const [file, checksum] of Object.entries(recorded)) {
    const found = dataset.checksums[file]
    if (found === checksum) continue
    const difference =
      found === undefined
        ? `data that hold the file ${file}, which ${dataset.name} has not`
        : `another ${file}: ${short(checksum)} then, ${short(found)} in ${dataset.name} now`
    throw new Failure('data-changed', { run, difference })
  }
}

function short(checksum: string): string {
  return checksum.slice(0, 'sha256:'.length + 12)
}
