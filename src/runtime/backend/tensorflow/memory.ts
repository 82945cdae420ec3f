import { totalmem } from 'node:os'
import process from 'node:process'
import { Failure } from '../../../ir/failure.js'

/** @throws Failure NAS7003 with the numbers if a program needs more memory than this machine, or this container, has */
export function demandMemory(bytes: number): void {
  const limit = process.constrainedMemory()
  const most = limit > 0 && limit < totalmem() ? limit : totalmem()
  if (bytes <= most) return
  throw new Failure(
    'NAS7003',
    `the program needs ${mebibytes(bytes)} at its peak, and there are ${mebibytes(most)} of memory`,
    'Take a smaller batch, fewer cells or fewer channels.',
  )
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}
