import { join } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { imageInFile, type EncodedImage } from '../decoding/encoded-image.js'
import type { DataContent } from '../image-set.js'
import { imagesBelow, isImage } from '../images-below.js'
import { contentWords, listAt, type Listing } from '../listing.js'
import { contentOfEncoded } from './encoded-content.js'
import type { DataFormat, FoundData, OpenOptions } from './format.js'
import { labelReader } from './named-labels.js'
import { partNamed, partsOf, type PartName } from './parts.js'

/** A folder for each class, in one for each part, as torchvision's ImageFolder has it. */
export const imageFolder: DataFormat = {
  title: 'image folder',
  wants: 'train/<class>/*.png, .jpg or .webp, and val/ and test/ alike; or <class>/*.png alone',
  async recognise(listing) {
    if (folderOf(listing, 'train') !== undefined) return true
    const classes = await Promise.all(listing.folders.map((name) => listAt(join(listing.folder, name))))
    // One folder of images is where those of a table of paths lie.
    return classes.filter((found) => found?.files.some(isImage) === true).length > 1
  },
  open: openFolder,
}

/** @throws Failure NAS7109, NAS7127, NAS7128; as `contentOfEncoded` */
async function openFolder({ listing }: FoundData, options: OpenOptions): Promise<DataContent> {
  const { folder } = listing
  const train = folderOf(listing, 'train')
  if (train === undefined) {
    const { images, classNames } = await readClasses(folder, '')
    return contentOfEncoded({ path: folder, parts: { train: images }, classNames }, options)
  }
  const { images, classNames } = await readClasses(join(folder, train), train)
  const others = async (part: PartName): Promise<readonly EncodedImage[] | undefined> => {
    const name = folderOf(listing, part)
    return name === undefined ? undefined : (await readClasses(join(folder, name), name, classNames)).images
  }
  const parts = partsOf(images, await others('validation'), await others('test'))
  return contentOfEncoded({ path: folder, parts, classNames }, options)
}

function folderOf({ folders }: Listing, part: PartName): string | undefined {
  return folders.find((name) => partNamed(name) === part)
}

/** @param known classes of the images that train; absent: these are they */
async function readClasses(
  folder: string,
  part: string,
  known?: readonly string[],
): Promise<{ readonly images: readonly EncodedImage[]; readonly classNames: readonly string[] }> {
  const listing = await listAt(folder)
  const folders = listing?.folders ?? []
  if (listing === undefined || folders.length === 0) {
    throw new Failure('no-class-folders', {
      folder,
      seen: listing === undefined ? 'it is gone' : contentWords(listing),
    })
  }
  const classNames = known ?? folders
  const labelOf = labelReader(classNames)
  const images: EncodedImage[] = []
  for (const name of folders) {
    const path = join(folder, name)
    const label = labelOf({ place: path, name })
    const paths = await imagesBelow(path)
    if (paths.length === 0) throw new Failure('no-images', { path })
    const group = part === '' ? name : `${part}/${name}`
    images.push(...paths.map((each) => imageInFile(each, label, group)))
  }
  return { images, classNames }
}
