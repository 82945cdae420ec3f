import type { FailureSection } from './entry.js'

/** NAS7651 … NAS7659: networks that leave. */
export const exportsCatalogue = {
  'export-differs': {
    code: 'NAS7651',
    message:
      'What was written as {format} does not compute what the network does: {what} ({program}, {count} {count|image|images}).',
    help: 'Nothing was put in place. Please report this as a defect, with the program and the options.',
    why: 'An export takes its place only when the program that it is for gives the same logits and the same accuracy.',
  },
  'export-refused': {
    code: 'NAS7652',
    message: 'What was written as {format} cannot be run: {reason}.',
    help: 'Nothing was put in place. Where the program that runs it is damaged, install it anew; otherwise report this as a defect.',
    why: 'The program that the format is for was there and did not run what was written.',
  },
  'export-place-taken': {
    code: 'NAS7653',
    message: '{path}: is {what}; nothing was overwritten.',
    help: 'Name another place with --out. Only a file, or a folder that holds nothing but an export, is replaced.',
    why: 'The place of the export holds something else.',
  },
} as const satisfies FailureSection
