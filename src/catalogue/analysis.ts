import type { FailureSection } from './entry.js'

/** NAS6130 to NAS6149: exact analysis of a space. */
export const analysisCatalogue = {
  'too-many-sets': {
    code: 'NAS6130',
    message: '`{path}` takes any of {count} {count|option|options}, too many sets to be analysed one by one.',
    help: 'Bound how many it takes, or write it as inputs of a node, which are analysed one by one.',
    why: 'A choice of any number of many options has more sets of selected options than can be followed.',
  },
  'too-entangled': {
    code: 'NAS6131',
    message:
      'At `{place}` more than {states} different {states|state|states} would have to be followed: too many decisions hang together.',
    help: 'Let choices be made where they are used, so that they do not hang together over the whole network.',
    why: 'So many decisions hang together over the whole network that exact analysis would not end.',
  },
  'cell-of-several-stacks': {
    code: 'NAS6143',
    message:
      'At `{place}` more than {states} different {states|state|states} would have to be followed: `{cell}` stands in several stacks, and all that is chosen in it is remembered between them.',
    help: 'Give each stack a cell of its own, which chooses for itself, such as `cell {cell}2 = …`; or write one stack, in which all of the cells are followed at once, with `doubled at` where it gets wider.',
    why: 'What is chosen in a cell is the same in all stacks that use it. Cells of one stack are followed at once; from one stack to the next, every combination of their choices is a state of its own.',
    fix: 'Where the stacks may differ, declare a cell for each: `cell first = c`, `cell second = c`, `stack 2 of first`, `stack 2 of second`.',
  },
  'require-unknown-decision': {
    code: 'NAS6133',
    message: '`require {text}` of {space} speaks of `{path}`, and the space has no such decision.',
    help: 'It has {paths}.',
    why: 'A `require` speaks of a decision that the space does not have.',
    fix: 'Use paths that `nasc count FILE` lists.',
  },
  'require-without-truth': {
    code: 'NAS6135',
    message: '`require {text}` of {space} is neither true nor false: {what}.',
    help: 'Compare decisions with values of their own kind.',
    why: 'What a `require` says has no value for some options of the space.',
    fix: 'Compare numbers with numbers and operations with operations.',
  },
  'require-unknown-cost': {
    code: 'NAS6134',
    message: 'A space cannot require anything of `{name}`.',
    help: 'Costs of architectures are {names}.',
    why: 'A `require` speaks of something that is no cost of an architecture.',
    fix: 'Use one of the costs that the message lists.',
  },
  'nothing-satisfies': {
    code: 'NAS6136',
    message: 'No architecture of {space} satisfies {constraints}.',
    help: '`nasc count FILE` names constraints that cannot hold together, and `nasc cost FILE --least` says what there is.',
    why: 'No architecture satisfies all constraints and what was asked for.',
    fix: 'Loosen a bound. `nasc count FILE` names constraints that cannot hold together, and `nasc cost FILE --least` says what there is.',
  },
  'malformed-bound': {
    code: 'NAS6137',
    message: '`{text}` is no bound of a cost.',
    help: 'Write it like `macs in 290M..310M` or `parameters <= 6M`; costs are {names}.',
    why: '`--where` takes bounds of costs.',
    fix: 'Write it like `macs in 290M..310M` or `parameters <= 6M`.',
  },
  'out-of-time': {
    code: 'NAS6139',
    message: 'The space is not analysed: after {seconds} s the analysis was still at `{part}`.',
    help: 'Allow more time with `--budget SECONDS`, or make that part smaller: fewer options, or fewer decisions that hang together.',
    why: 'Analysis is exact and enumerates nothing, but it takes time in proportion to what must be kept apart. Time that runs out ends it without a result; it never changes one.',
  },
  'out-of-room': {
    code: 'NAS6140',
    message: 'The space is not analysed: `{part}` is too large, more than {most} {things} would have to be kept.',
    help: 'Make that part smaller: fewer options, or fewer decisions that hang together.',
    why: 'What an analysis must hold in memory at once is bounded. A part of the network beyond that ends it without a result.',
  },
  'graph-of-cell-varies': {
    code: 'NAS6146',
    message: 'The space is not analysed: what `{part}` may read hangs on `{decision}`.',
    help: 'Let the number of nodes, and of what each may read, be the same whatever is chosen: a `param` in place of the choice, or cells of their own.',
    why: 'How many nodes a cell has, how many inputs a node takes, and how many connections there are to take them from is settled before anything in the cell is chosen. `any 1..k` where `k` is a choice, or a set of operations in which two may come to the same, is none of that.',
  },
  'window-unresolved': {
    code: 'NAS6141',
    message:
      'Whether any architecture of {space} costs what is asked for is not known: none of {draws} drawn nearby does, of at most {most} that might.',
    help: 'Sums of costs are told apart to {blur} only, since there are too many of them. Widen the bounds to more than that.',
    why: 'Sums of costs that are too many are kept coarsely. Architectures near the bounds are then drawn until one lies within them, and here none did.',
    fix: 'Widen the bounds.',
  },
} as const satisfies FailureSection
