import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** An IDX file of unsigned bytes. */
export function idx(sizes: readonly number[], values: Iterable<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length)
  header.writeUInt32BE(0x0800 + sizes.length)
  sizes.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis))
  return Buffer.concat([header, Buffer.from([...values])])
}

export function counting(length: number, modulus: number, start = 0): number[] {
  return Array.from({ length }, (_, index) => (index + start) % modulus)
}

/** Six training images and four test images of 2 x 3, labels 0..2; `packed` as .gz. */
export function writeIdxFolder(folder: string, packed = false): void {
  const files = {
    'train-images-idx3-ubyte': idx([6, 2, 3], counting(36, 256)),
    'train-labels-idx1-ubyte': idx([6], counting(6, 3)),
    't10k-images-idx3-ubyte': idx([4, 2, 3], counting(24, 256, 100)),
    't10k-labels-idx1-ubyte': idx([4], counting(4, 3)),
  }
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, packed ? `${name}.gz` : name), packed ? gzipSync(content) : content)
  }
}

/** One CIFAR record: labels, then planes in which red is `value`, green `value + 1`, blue `value + 2`, first pixel 0. */
export function cifarRecord(labels: readonly number[], value: number): Buffer {
  const planes = [0, 1, 2].map((channel) => Buffer.alloc(1024, value + channel))
  planes.forEach((plane, channel) => plane.writeUInt8(200 + channel, 1))
  return Buffer.concat([Buffer.from([...labels]), ...planes])
}
