import type { FailureTable } from '../ir/failure-table.js'

/** Every failure of how the command line is used, and of what it sets. */
export const commandLineFailures = {
  NAS6005: {
    slug: 'no-such-file',
    why: 'A file that was named on the command line does not exist or cannot be read.',
    mend: 'Give the path of a `.nas` file or of an `.ir.json`.',
  },
  NAS8001: {
    slug: 'unknown-command',
    why: 'There is no such command.',
    mend: '`nasc --help` lists them.',
  },
  NAS8002: {
    slug: 'unknown-option',
    why: 'The command has no such option.',
    mend: 'Its `--help` lists them.',
  },
  NAS8003: {
    slug: 'wrong-operands',
    why: 'The command takes another number of files.',
    mend: 'Its `--help` shows how it is used.',
  },
  NAS8004: {
    slug: 'wrong-value',
    why: 'The value does not fit the option.',
    mend: 'Give what the message asks for.',
  },
  NAS8005: {
    slug: 'value-missing',
    why: 'The option needs a value.',
    mend: 'Write it behind the option.',
  },
  NAS8006: {
    slug: 'option-twice',
    why: 'Only `--set` may be repeated.',
    mend: 'Give the option once.',
  },
  NAS8007: {
    slug: 'options-exclude',
    why: 'The two options exclude each other.',
    mend: 'Give one of them.',
  },
  NAS8008: {
    slug: 'choose-one',
    why: 'The file has several, and the command needs one.',
    mend: 'Name it with the option that the message gives.',
  },
  NAS8009: {
    slug: 'unknown-name',
    why: 'The file has none of this name.',
    mend: 'Use one that the message lists.',
  },
  NAS8010: {
    slug: 'none-declared',
    why: 'The file declares none.',
    mend: 'Name a file that declares one.',
  },
  NAS8011: {
    slug: 'option-missing',
    why: 'The command needs an option that was not given.',
    mend: 'The message says which.',
  },
  NAS8012: {
    slug: 'several-architectures',
    why: 'A file for `--arch` declares one architecture.',
    mend: 'Split it.',
  },
  NAS8013: {
    slug: 'cannot-write',
    why: 'The result cannot be written.',
    mend: 'Name another place with `--out`.',
  },
  NAS8014: {
    slug: 'unknown-code',
    why: 'There is no diagnostic of this code.',
    mend: '`nasc check` prints the codes of what it finds.',
  },
  NAS8015: {
    slug: 'file-exists',
    why: '`nasc init` never overwrites a file.',
    mend: 'Name another folder.',
  },
  NAS8020: {
    slug: 'unknown-backend',
    why: 'The command does not say which backend, or names one that cannot be installed.',
    mend: '`nasc backend list` shows them.',
  },
  NAS8101: {
    slug: 'unknown-override',
    why: '`--set` names neither a param nor a setting.',
    mend: 'Use one that the message lists.',
  },
  NAS8110: {
    slug: 'unknown-param',
    why: 'The program has no such param.',
    mend: 'Use one that the message lists.',
  },
  NAS8111: {
    slug: 'param-of-other-type',
    why: 'The param is of another type.',
    mend: 'Give a value of its type.',
  },
  NAS8120: {
    slug: 'unknown-convention',
    why: 'There is no such convention of counting.',
    mend: 'Use one that the message lists.',
  },
} as const satisfies FailureTable
