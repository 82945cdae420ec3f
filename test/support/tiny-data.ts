import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/runtime/random/random.js'
import { idx } from './data-files.js'

/** Images of 8 x 8 in three classes (a bar on the left, on the right, across), noisy; written as IDX files. */
export function writeTinyData(folder: string, train = 64, test = 24): string {
  mkdirSync(folder, { recursive: true })
  const random = createRandom(7, 'tiny')
  const part = (count: number): { images: Buffer; labels: Buffer } => {
    const labels = Array.from({ length: count }, (_, index) => index % 3)
    const pixels = labels.flatMap((label) =>
      Array.from({ length: 64 }, (_, place) => {
        const row = Math.floor(place / 8)
        const column = place % 8
        const bright = [column === 2, column === 5, row === 4][label] === true
        return (bright ? 190 : 20) + random.integer(60)
      }),
    )
    return { images: idx([count, 8, 8], pixels), labels: idx([count], labels) }
  }
  const parts = { train: part(train), t10k: part(test) }
  for (const [name, { images, labels }] of Object.entries(parts)) {
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), images)
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), labels)
  }
  return folder
}
