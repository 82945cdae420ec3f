import { openCifar } from './cifar.js'
import { Failure } from '../../catalogue/failure.js'
import { openIdx } from './idx-folder.js'
import type { Dataset } from './image-set.js'
import { findDataset } from './find-dataset.js'

export type { Dataset, ImageSet } from './image-set.js'

/**
 * Opens `mnist`, `fashion-mnist`, or a folder whose format is recognised by its files.
 * @param nameOrFolder as given to `--data`
 * @param from the folder that relative paths start at
 * @throws Failure NAS71xx if it is not there, not readable, damaged or of a format that is not known
 */
export async function openDataset(nameOrFolder: string, from: string = process.cwd()): Promise<Dataset> {
  const found = await findDataset(nameOrFolder, from)
  switch (found.format) {
    case 'idx':
      return openIdx(found)
    case 'cifar-10':
    case 'cifar-100':
      return openCifar(found, found.format)
  }
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
