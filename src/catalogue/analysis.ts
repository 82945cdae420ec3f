import type { FailureSection } from './entry.js'

/** NAS6130 to NAS6149: exact analysis of a space. */
export const analysisCatalogue = {
  'too-many-sets': {
    code: 'NAS6130',
    message: '`{path}` takes any of {count} options, too many sets to be analysed one by one.',
    help: 'Bound how many it takes, or write it as inputs of a node, which are analysed one by one.',
    why: 'A choice of any number of many options has more sets of selected options than can be followed.',
  },
  'too-entangled': {
    code: 'NAS6131',
    message: 'At `{place}` {states} different states would have to be followed: too many decisions hang together.',
    help: 'Let choices be made where they are used, so that they do not hang together over the whole network.',
    why: 'So many decisions hang together over the whole network that exact analysis would not end.',
  },
  'shape-depends-on-choice': {
    code: 'NAS6132',
    message:
      'The shape of `{state}` depends on what is chosen inside of the cell{shapes}, which this analysis does not cover.',
    help: 'Let every operation of a node give maps of one shape.',
    why: 'The analysis of costs follows cells whose nodes have one shape each. Counting works without.',
  },
  'require-unknown-decision': {
    code: 'NAS6133',
    message: '`require {text}` of {space} speaks of `{path}`, and the space has no such decision.',
    help: 'It has {paths}.',
    why: 'A `require` speaks of a decision that the space does not have.',
    fix: 'Use paths that `nasc count FILE` lists.',
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
  'stack-input-left-out': {
    code: 'NAS6138',
    message:
      'Some architectures of {space} leave out what stands before its stack, which this analysis does not cover.',
    help: 'Let some node of the cells always read the newest input.',
    why: 'The analysis of costs follows stacks whose cells all depend on what stands before them. Counting works without.',
  },
} as const satisfies FailureSection
