import type { FailureSection } from './entry.js'

/** NAS71xx: data sets. */
export const dataCatalogue = {
  'data-file-missing': {
    code: 'NAS7101',
    message: '{path}: the file with the {role} is missing.',
    help: 'Put it beside the other files of the data set, plain or as .gz, or name another folder with --data.',
    why: 'A file of the data set is missing.',
  },
  'data-file-unreadable': {
    code: 'NAS7102',
    message: '{path}: cannot be read ({reason}).',
    help: 'Check that it is a file and that you may read it, or name another folder with --data.',
    why: 'A file of the data set cannot be read.',
  },
  'damaged-gzip': {
    code: 'NAS7103',
    message: '{path}: is not an intact gzip file ({reason}).',
    help: 'It was probably cut short while it was copied or downloaded: get it again.',
    why: 'A compressed file is cut short or damaged.',
  },
  'not-idx': {
    code: 'NAS7104',
    message: '{path}: is not an IDX file with {role}: it should start with {expected} and starts with {found}.',
    help: 'Check that the file is what its name says and is not packed twice, or get it again.',
    why: 'A file does not begin as IDX files do.',
  },
  'wrong-length': {
    code: 'NAS7105',
    message: '{path}: holds {found} where {expected} are expected ({reason}): {difference}.',
    help: '{cause}: get it again.',
    why: 'A file is longer or shorter than its header or format says.',
    fix: 'Get it again.',
  },
  'wrong-dimensions': {
    code: 'NAS7106',
    message: '{path}: its dimensions are {found}, but {role} have {expected}.',
    help: 'Check that the files with images and with labels were not exchanged.',
    why: 'A file of images has the dimensions of labels, or the other way round.',
  },
  'counts-differ': {
    code: 'NAS7107',
    message: '{labelsPath}: holds {labels}, but {imagesPath} holds {images}.',
    help: 'The two files belong to different data sets or one is cut short: get both again from one source.',
    why: 'There are not as many labels as images.',
  },
  'label-out-of-range': {
    code: 'NAS7108',
    message: '{path}: label number {index} (counted from 0) is {label}, but labels lie in 0 … {highest} ({reason}).',
    help: 'The file is damaged or of another data set: get it again.',
    why: 'A label is not among the classes.',
  },
  'no-images': {
    code: 'NAS7109',
    message: '{path}: holds no image.',
    help: 'Name a folder with a full data set with --data.',
    why: 'A file of the data set holds no image.',
  },
  'sizes-differ': {
    code: 'NAS7110',
    message: '{testPath}: its images are {test}, but those of {trainPath} are {train}.',
    help: 'Training and test images must come from one data set: check the folder.',
    why: 'Training and test images differ in size.',
  },
  'no-data-recognised': {
    code: 'NAS7111',
    message: '{folder}: no data set is recognised in this folder ({seen}).',
    help: 'Recognised are: {formats}. Image folders (train/<class>/*.png) are not read yet.',
    why: 'The folder holds no data set in a format that is read.',
    fix: 'Name a folder with files of a format that the message lists.',
  },
  'unknown-data': {
    code: 'NAS7112',
    message: '{name}: there is neither a data set of this name nor such a folder.',
    help: '{near}Data sets by name: {names}. Or give a folder; recognised are: {formats}.',
    why: 'There is neither a data set of this name nor such a folder.',
    fix: 'Give a known name or a folder.',
  },
  'data-not-found': {
    code: 'NAS7113',
    message: '{name}: the files of this data set were not found. Looked in {folders}.',
    help: '{source}',
    why: 'The files of a known data set are at none of the places where they are looked for.',
    fix: 'The help says how to get them.',
  },
  'data-changed': {
    code: 'NAS7114',
    message: '{run}: was made with {difference}.',
    help: 'Name the data that the run was made with by --data, or start a new run with these.',
    why: 'The data are not those that the run was made with, so its result could not be continued.',
  },
  'too-few-examples': {
    code: 'NAS7115',
    message: 'examples {asked}: the data have only {images}.',
    help: 'Ask for at most {available}, or name a larger data set with --data.',
    why: 'More images were asked for than the data have.',
    fix: 'Ask for fewer, or name a larger data set with `--data`.',
  },
  'empty-share': {
    code: 'NAS7116',
    message: 'A share of {share} % of {images} is no whole image.',
    help: 'Raise `examples` or the share in the `train` clause.',
    why: 'A share of the images is no whole image.',
  },
} as const satisfies FailureSection
