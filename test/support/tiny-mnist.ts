import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Two classes that a network tells apart in a few steps: bright above or bright below. IDX files, 8x8. */
export function writeTinyImages(folder: string, train: number, test: number): string {
  mkdirSync(folder, { recursive: true })
  const write = (images: string, labels: string, count: number): void => {
    const side = 8
    const pixels = Buffer.alloc(count * side * side)
    const classes = Buffer.alloc(count)
    for (let image = 0; image < count; image++) {
      classes[image] = image % 2
      for (let pixel = 0; pixel < side * side; pixel++) {
        const above = pixel < (side * side) / 2
        const noise = (image * 31 + pixel * 17) % 60
        pixels[image * side * side + pixel] = (above === (image % 2 === 0) ? 180 : 20) + noise
      }
    }
    writeFileSync(join(folder, images), Buffer.concat([header(count, side, side), pixels]))
    writeFileSync(join(folder, labels), Buffer.concat([header(count), classes]))
  }
  write('train-images-idx3-ubyte', 'train-labels-idx1-ubyte', train)
  write('t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte', test)
  return folder
}

function header(...sizes: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * sizes.length)
  bytes.set([0, 0, 8, sizes.length])
  sizes.forEach((size, axis) => bytes.writeUInt32BE(size, 4 + 4 * axis))
  return bytes
}
