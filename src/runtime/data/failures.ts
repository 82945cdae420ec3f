import { Failure } from '../../ir/failure.js'
import { formatCount } from '../../support/format-quantity.js'

/** The words of every failure about data, NAS7101 … NAS7116, in one place. */
export const failDataset = {
  missing(path: string, role: string): never {
    throw new Failure(
      'NAS7101',
      `${path}: the file with the ${role} is missing.`,
      'Put it beside the other files of the data set, plain or as .gz, or name another folder with --data.',
    )
  },

  unreadable(path: string, reason: string): never {
    throw new Failure(
      'NAS7102',
      `${path}: cannot be read (${reason}).`,
      'Check that it is a file and that you may read it, or name another folder with --data.',
    )
  },

  damagedGzip(path: string, reason: string): never {
    throw new Failure(
      'NAS7103',
      `${path}: is not an intact gzip file (${reason}).`,
      'It was probably cut short while it was copied or downloaded: get it again.',
    )
  },

  wrongMagic(path: string, role: string, expected: string, found: string): never {
    throw new Failure(
      'NAS7104',
      `${path}: is not an IDX file with ${role}: it should start with ${expected} and starts with ${found}.`,
      'Check that the file is what its name says and is not packed twice, or get it again.',
    )
  },

  wrongLength(path: string, expected: number, found: number, reason: string): never {
    const difference = expected - found
    const what =
      difference > 0
        ? `${bytes(difference)} ${difference === 1 ? 'is' : 'are'} missing`
        : `${bytes(-difference)} too many`
    throw new Failure(
      'NAS7105',
      `${path}: holds ${bytes(found)} where ${bytes(expected)} are expected (${reason}): ${what}.`,
      difference > 0
        ? 'The file was probably cut short while it was copied or downloaded: get it again.'
        : 'The file is not the one that its header describes: get it again.',
    )
  },

  wrongDimensions(path: string, role: string, expected: string, found: readonly number[]): never {
    throw new Failure(
      'NAS7106',
      `${path}: its dimensions are ${found.join(' x ')}, but ${role} have ${expected}.`,
      'Check that the files with images and with labels were not exchanged.',
    )
  },

  countMismatch(imagesPath: string, images: number, labelsPath: string, labels: number): never {
    throw new Failure(
      'NAS7107',
      `${labelsPath}: holds ${count(labels, 'label')}, but ${imagesPath} holds ${count(images, 'image')}.`,
      'The two files belong to different data sets or one is cut short: get both again from one source.',
    )
  },

  labelOutOfRange(path: string, index: number, label: number, classes: number, why: string): never {
    throw new Failure(
      'NAS7108',
      `${path}: label number ${String(index)} (counted from 0) is ${String(label)}, but labels lie in 0 … ${String(classes - 1)} (${why}).`,
      'The file is damaged or of another data set: get it again.',
    )
  },

  empty(path: string): never {
    throw new Failure('NAS7109', `${path}: holds no image.`, 'Name a folder with a full data set with --data.')
  },

  sizesDiffer(trainPath: string, train: string, testPath: string, test: string): never {
    throw new Failure(
      'NAS7110',
      `${testPath}: its images are ${test}, but those of ${trainPath} are ${train}.`,
      'Training and test images must come from one data set: check the folder.',
    )
  },

  notRecognised(folder: string, found: readonly string[]): never {
    const seen = found.length === 0 ? 'it is empty' : `it holds ${listSome(found)}`
    throw new Failure(
      'NAS7111',
      `${folder}: no data set is recognised in this folder (${seen}).`,
      `Recognised are: ${recognisedFormats}. Image folders (train/<class>/*.png) are not read yet.`,
    )
  },

  unknown(name: string, known: readonly string[], near: string | undefined): never {
    throw new Failure(
      'NAS7112',
      `${name}: there is neither a data set of this name nor such a folder.`,
      `${near === undefined ? '' : `Did you mean ${near}? `}Data sets by name: ${known.join(', ')}. Or give a folder; recognised are: ${recognisedFormats}.`,
    )
  },

  notFound(name: string, looked: readonly string[], howToGet: string): never {
    throw new Failure(
      'NAS7113',
      `${name}: the files of this data set were not found. Looked in ${looked.join(', ')}.`,
      howToGet,
    )
  },

  changed(name: string, file: string, expected: string, found: string | undefined, run: string): never {
    throw new Failure(
      'NAS7114',
      found === undefined
        ? `${run}: was made with data that hold the file ${file}, which ${name} has not.`
        : `${run}: was made with another ${file}: ${short(expected)} then, ${short(found)} in ${name} now.`,
      'Name the data that the run was made with by --data, or start a new run with these.',
    )
  },

  tooFewImages(asked: number, available: number): never {
    throw new Failure(
      'NAS7115',
      `examples ${String(asked)}: the data have only ${count(available, 'training image')}.`,
      `Ask for at most ${String(available)}, or name a larger data set with --data.`,
    )
  },

  emptyPart(share: number, available: number): never {
    throw new Failure(
      'NAS7116',
      `A share of ${String(share * 100)} % of ${count(available, 'training image')} is no whole image.`,
      'Raise `examples` or the share in the `train` clause.',
    )
  },
} as const

const recognisedFormats =
  'IDX (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte; plain or .gz), ' +
  'CIFAR-10 binary (data_batch_1.bin … data_batch_5.bin, test_batch.bin) and CIFAR-100 binary (train.bin, test.bin)'

function bytes(number: number): string {
  return `${formatCount(number)} ${number === 1 ? 'byte' : 'bytes'}`
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`
}

function listSome(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(', ')
  return names.length > 6 ? `${shown} and ${String(names.length - 6)} more` : shown
}

function short(checksum: string): string {
  return checksum.slice(0, 'sha256:'.length + 12)
}
