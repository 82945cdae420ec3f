import type { FailureTable } from './failure-table.js'

/** Every failure of reading, building and analysing an IR. */
export const irFailures = {
  NAS6001: {
    slug: 'not-json',
    why: 'The file is no JSON: it was damaged, or it is another file.',
    mend: 'Write the IR anew with `nasc compile`.',
  },
  NAS6002: {
    slug: 'other-format',
    why: 'The IR was written by another version of nasc, or the JSON is no IR at all.',
    mend: 'Compile the `.nas` file again with this version.',
  },
  NAS6003: {
    slug: 'malformed-ir',
    why: 'The JSON is not shaped as an IR is; the message gives the place as a JSON pointer.',
    mend: 'Compile again. An IR is never edited by hand.',
  },
  NAS6004: {
    slug: 'changed-ir',
    why: 'The content does not have the hash that it was sealed with, so somebody changed it.',
    mend: 'Change the `.nas` file, and compile again.',
  },
  NAS6101: {
    slug: 'shapes-disagree',
    why: 'Feature maps that are merged, or whose shapes must be positive, do not fit. The compiler says the same as NAS3101; here params or data from the command line brought it about.',
    mend: 'Take params or data that the network has room for.',
  },
  NAS6102: {
    slug: 'requirement-not-met',
    why: 'A primitive requires something of its arguments or its input that does not hold, for example that groups divide channels.',
    mend: 'See the declaration of the primitive; change what is given to it.',
  },
  NAS6103: {
    slug: 'no-value',
    why: 'An expression has no value at its place: a division by zero, a fraction where an integer is needed, a choice where nothing is chosen.',
    mend: 'Change the expression or the params that it depends on.',
  },
  NAS6104: {
    slug: 'meaningless-binding',
    why: 'A choice is relaxed in a way that has no meaning at its place: networks of different shapes cannot be summed.',
    mend: 'Relax numbers by `mask` or `slice`, resolutions by `subsample`.',
  },
  NAS6110: {
    slug: 'unknown-space',
    why: 'The program has no space of this name.',
    mend: 'Give the name of one that it has with `--space`.',
  },
  NAS6111: {
    slug: 'no-auxiliary-head',
    why: 'The search trains with an auxiliary head, and the program has no operation `auxiliary_head`.',
    mend: 'Import it from `std:cells` or declare it.',
  },
  NAS6112: {
    slug: 'unknown-architecture',
    why: 'The program has no architecture of this name.',
    mend: 'Give the name of one that it has with `--arch`, or a file that declares one.',
  },
  NAS6113: {
    slug: 'unknown-decision',
    why: 'The architecture binds a decision that the space does not have, perhaps because it was written for other params.',
    mend: 'Use paths that `nasc count` lists.',
  },
  NAS6114: {
    slug: 'not-an-option',
    why: 'The architecture takes an option, or a number of options, that the decision does not have.',
    mend: 'Take options that the message lists.',
  },
  NAS6115: {
    slug: 'open-decision',
    why: 'A decision is met that the architecture does not bind.',
    mend: 'Bind it: an architecture takes every choice of its space.',
  },
  NAS6116: {
    slug: 'expectation-of-no-number',
    why: 'What an `expect` compares with must be a number.',
    mend: 'Write a number or an expression of numbers.',
  },
  NAS6117: {
    slug: 'unknown-cost',
    why: 'An `expect` speaks of a cost that is not known.',
    mend: 'Use `parameters`, `macs`, `flops` or `activation_bytes`.',
  },
  NAS6130: {
    slug: 'too-many-sets',
    why: 'A choice of any number of many options has more sets of answers than can be followed.',
    mend: 'Bound how many it takes, or write it as inputs of a node.',
  },
  NAS6131: {
    slug: 'too-entangled',
    why: 'So many decisions hang together over the whole network that exact analysis would not end.',
    mend: 'Let choices be made where they are used.',
  },
  NAS6132: {
    slug: 'not-analysed',
    why: 'The analysis of costs does not cover cells of this kind.',
    mend: 'Follow what the message asks for; counting works without.',
  },
  NAS6133: {
    slug: 'require-unknown-decision',
    why: 'A `require` speaks of a decision that the space does not have.',
    mend: 'Use paths that `nasc count` lists.',
  },
  NAS6134: {
    slug: 'require-unknown-cost',
    why: 'A `require` speaks of something that is no cost of an architecture.',
    mend: 'Use one of the costs that the message lists.',
  },
  NAS6136: {
    slug: 'nothing-satisfies',
    why: 'No architecture satisfies all constraints and what was asked for.',
    mend: 'Loosen a bound.',
  },
  NAS6137: {
    slug: 'malformed-bound',
    why: '`--where` takes bounds of costs.',
    mend: 'Write it like `macs in 290M..310M`.',
  },
} as const satisfies FailureTable
