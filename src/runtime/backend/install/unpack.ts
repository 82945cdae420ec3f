import { diskTooFull } from './requirements.js'
import { basename } from 'node:path'
import { reasonOf, runCommand, type CommandOptions } from '../../../support/node/run-command.js'
import { Failure } from '../../../catalogue/failure.js'

/** Headers that the addon includes, of 15,000 files. */
const headers = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/']

/** Unpacks what is needed of a wheel; Python, which is there anyway, knows zip files of any size. */
const script = `
import sys, zipfile
wheel, folder = sys.argv[1:3]
headers = tuple('tensorflow/include/' + name for name in sys.argv[3:])
def needed(name):
    library = name.count('/') == 1 and name.startswith('tensorflow/libtensorflow_') and '.so' in name
    return library or name.startswith(headers) or name.startswith('nvidia/')
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(folder, [name for name in archive.namelist() if needed(name)])
`

/** @throws Failure NAS7017 if it is no zip file, NAS7015 if the disk is full */
export async function unpackWheel(
  python: string,
  wheel: string,
  folder: string,
  command: CommandOptions,
): Promise<void> {
  const outcome = await runCommand(python, ['-c', script, wheel, folder, ...headers], command)
  if (outcome.code === 0) return
  if (/No space left on device/.test(outcome.stderr)) throw diskTooFull(folder, 2 ** 30, 0)
  throw new Failure('not-a-tensorflow', {
    source: basename(wheel),
    missing: `a readable archive (${reasonOf(outcome)})`,
  })
}
