import { readDataFile } from '../data-file.js'
import type { DataContent } from '../image-set.js'
import { holds, pathIn, type Listing } from '../listing.js'
import { contentOfArrays, type ArrayPart } from './array-content.js'
import type { DataFormat, FoundData } from './format.js'
import { parseIdx } from './idx-array.js'
import { readPixels } from './pixel-array.js'

/** The files of an IDX data set and their usual names, as MNIST and Fashion-MNIST have them. */
export const idxFiles = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const

/** Where images have channels their files say so. */
function withChannels(file: string): string {
  return file.replace('idx3', 'idx4')
}

export const idx: DataFormat = {
  title: 'IDX',
  wants: `${Object.values(idxFiles).join(', ')}; idx4 in place of idx3 where images have channels`,
  recognise: (listing) =>
    Object.values(idxFiles).some((file) => holds(listing, file) || holds(listing, withChannels(file))),
  open: openIdx,
}

/** @throws Failure NAS7101 … NAS7110 */
async function openIdx(found: FoundData): Promise<DataContent> {
  const { listing } = found
  const [train, test] = await Promise.all([
    readPart(listing, 'training', idxFiles.trainImages, idxFiles.trainLabels),
    readPart(listing, 'test', idxFiles.testImages, idxFiles.testLabels),
  ])
  return contentOfArrays({ train, test }, found, { ...train.checksums, ...test.checksums })
}

interface IdxPart extends ArrayPart {
  readonly checksums: Readonly<Record<string, string>>
}

async function readPart(listing: Listing, which: string, imagesName: string, labelsName: string): Promise<IdxPart> {
  const inColour = withChannels(imagesName)
  const name = !holds(listing, imagesName) && holds(listing, inColour) ? inColour : imagesName
  const [images, labels] = await Promise.all([
    readDataFile(pathIn(listing, name), `${which} images`),
    readDataFile(pathIn(listing, labelsName), `${which} labels`),
  ])
  const ofImages = parseIdx(images, { what: 'images', ranks: [3, 4], dimensions: imageDimensions })
  const ofLabels = parseIdx(labels, { what: 'labels', ranks: [1], dimensions: 'one (number)' })
  return {
    pixels: readPixels({ path: images.path, ...ofImages }),
    labels: { path: labels.path, values: ofLabels.values },
    checksums: { [name]: images.checksum, [labelsName]: labels.checksum },
  }
}

const imageDimensions = 'three (number x height x width) or four (number x height x width x channels)'
