import type { FailureSection } from './entry.js'

/** NAS60xx: files that are read, and the IR. */
export const irCatalogue = {
  'not-json': {
    code: 'NAS6001',
    message: '{path} is not JSON: {reason}.',
    help: 'An IR is written by `nasc compile`. Compile again: nasc compile {source}.',
    why: 'The file is no JSON: it was damaged, or it is another file.',
    fix: 'Write the IR anew with `nasc compile`.',
  },
  'other-format': {
    code: 'NAS6002',
    message: '{path} has the format {found}; this version of nasc reads {expected}.',
    help: 'Compile again: nasc compile {source}. Or use the version of nasc that wrote it.',
    why: 'The IR was written by another version of nasc.',
    fix: 'Compile the `.nas` file again with this version, or use the version that wrote the IR.',
  },
  'malformed-ir': {
    code: 'NAS6003',
    message: '{path} is not a well-formed IR: {what}.',
    help: 'Compile again: nasc compile {source}.',
    why: 'The JSON is not shaped as an IR is; the message gives the place as a JSON pointer.',
    fix: 'Compile again. An IR is never edited by hand.',
  },
  'changed-ir': {
    code: 'NAS6004',
    message: '{path} was changed after it was sealed: it says {stated}, its content gives {actual}.',
    help: 'Change the .nas source instead of the IR. Compile again: nasc compile {source}.',
    why: 'The content does not have the hash that it was sealed with, so somebody changed it.',
    fix: 'Change the `.nas` file, and compile again.',
  },
  'no-such-file': {
    code: 'NAS6005',
    message: '{path} does not exist.',
    help: 'Give the path of a .nas file or of an .ir.json that `nasc compile` wrote.',
    why: 'A file that was named on the command line does not exist.',
  },
  'not-an-ir': {
    code: 'NAS6006',
    message: '{path} is not an IR of nasc: it {found}; expected {expected}.',
    help: 'An IR is written by `nasc compile`. Compile again: nasc compile {source}.',
    why: 'The file is JSON, and does not say that it is an IR.',
    fix: 'Name an `.ir.json` that `nasc compile` wrote.',
  },
  'unreadable-file': {
    code: 'NAS6007',
    message: '{path} cannot be read ({reason}).',
    help: 'Give the path of a .nas file or of an .ir.json that `nasc compile` wrote.',
    why: 'A file that was named on the command line is there and cannot be read: it is a folder, or you may not read it.',
  },
} as const satisfies FailureSection
