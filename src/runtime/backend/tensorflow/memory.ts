import { totalmem } from 'node:os'
import process from 'node:process'
import { Failure } from '../../../catalogue/failure.js'

/** @throws Failure NAS7003 with the numbers if a program needs more memory than this machine, or this container, has */
export function demandMemory(bytes: number): void {
  const limit = process.constrainedMemory()
  const most = limit > 0 && limit < totalmem() ? limit : totalmem()
  if (bytes <= most) return
  throw new Failure('out-of-memory', {
    purpose: 'The program',
    needed: `${mebibytes(bytes)} at its peak`,
    limit: `there are ${mebibytes(most)} of memory`,
  })
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}
