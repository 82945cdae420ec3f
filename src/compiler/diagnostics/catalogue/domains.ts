import type { CatalogueSection } from './entry.js'

/** NAS4xxx: domains and constraints. */
export const domainsCatalogue = {
  'empty-choice': {
    code: 'NAS4001',
    severity: 'error',
    message: 'this choice has no options',
    help: 'Give it at least one.',
  },
  'duplicate-option': {
    code: 'NAS4002',
    severity: 'error',
    message: 'the option {option} stands here twice',
    help: 'Two equal options cannot be told apart; remove one.',
  },
  'arity-too-large': {
    code: 'NAS4003',
    severity: 'error',
    message: '{wanted} are to be taken, and there are only {available} {what}',
  },
  'empty-arity': {
    code: 'NAS4004',
    severity: 'error',
    message: 'at least {least} and at most {most}: no number is both',
  },
  'negative-arity': {
    code: 'NAS4005',
    severity: 'error',
    message: '{least} options cannot be taken',
  },
  'cell-without-input': {
    code: 'NAS4010',
    severity: 'error',
    message: 'the cell {name} has no feature map that arrives',
    help: 'A parameter without type and default is one: `cell {name}(s0, s1, …)`.',
  },
  'cell-without-output': {
    code: 'NAS4011',
    severity: 'error',
    message: 'the cell {name} has no output',
    help: 'Add `output concat(n)`, or whatever it gives.',
  },
  'clause-twice': {
    code: 'NAS4012',
    severity: 'error',
    message: '{clause} is said twice',
    help: 'Remove one of them.',
  },
  'prepared-twice': {
    code: 'NAS4013',
    severity: 'error',
    message: '{name} is prepared twice',
  },
  'not-an-input': {
    code: 'NAS4014',
    severity: 'error',
    message: '{name} is no input of the cell; only inputs are prepared',
  },
  'empty-family': {
    code: 'NAS4015',
    severity: 'error',
    message: 'the family {name} has no members',
  },
  'node-without': {
    code: 'NAS4016',
    severity: 'error',
    message: 'the node {name} has no {clause}',
  },
  'no-member': {
    code: 'NAS4017',
    severity: 'error',
    message: 'there is no node {name}',
  },
  'later-source': {
    code: 'NAS4018',
    severity: 'error',
    message: '{name} does not exist yet: a node takes its inputs from what stands before it',
  },
  'unused-node': {
    code: 'NAS4019',
    severity: 'warning',
    message: '{name} is never used: no later node and no output takes it',
    help: 'Take it into the output, or remove it.',
  },
  'unknown-word': {
    code: 'NAS4020',
    severity: 'error',
    message: 'expected one of {known}, found {word}',
  },
  'space-without': {
    code: 'NAS4030',
    severity: 'error',
    message: 'the space {name} has no {clause}',
  },
  'network-without-head': {
    code: 'NAS4031',
    severity: 'error',
    message: 'the network of {name} has no head',
    help: 'Add `head global_pool -> linear(classes)`.',
  },
  'empty-stack': {
    code: 'NAS4032',
    severity: 'error',
    message: 'a stack of {count} cells is empty',
  },
  'too-many-inputs': {
    code: 'NAS4033',
    severity: 'error',
    message: 'the cell {name} takes {inputs} feature maps, a stack hands it at most {most}',
  },
  'position-outside': {
    code: 'NAS4034',
    severity: 'error',
    message: 'there is no cell {position}; positions go from 0 to {last}',
  },
  'stage-without-layer': {
    code: 'NAS4035',
    severity: 'error',
    message: 'the stage {name} has no layer',
    help: 'Say what its layers are: `layer mbconv(…)`.',
  },
  'search-without': {
    code: 'NAS4040',
    severity: 'error',
    message: 'the search {name} has no {clause}',
  },
  'relaxed-twice': {
    code: 'NAS4041',
    severity: 'error',
    message: '{what} is relaxed twice',
  },
  'train-without-optimiser': {
    code: 'NAS4042',
    severity: 'error',
    message: 'nothing says how the {what} are trained',
    help: 'Put an optimiser into the block: `sgd(lr: 0.025)`.',
  },
  'stray-expression': {
    code: 'NAS4043',
    severity: 'error',
    message: 'this is no setting',
    help: 'A setting is written `name value` or `param = value`; optimisers stand in `train` blocks.',
  },
  'unknown-block': {
    code: 'NAS4044',
    severity: 'error',
    message: 'a block {name} means nothing here',
  },
  'illegal-combination': {
    code: 'NAS4045',
    severity: 'error',
    message: '{what} cannot be meant here: {reason}',
  },
  'bound-twice': {
    code: 'NAS4050',
    severity: 'error',
    message: '{path} is bound twice',
  },
  'unknown-path': {
    code: 'NAS4051',
    severity: 'error',
    message: 'the space has no decision {name} here',
  },
  'left-open': {
    code: 'NAS4052',
    severity: 'error',
    message: 'the architecture {name} leaves open: {paths}',
    help: 'An architecture binds every choice of its space.',
  },
  'no-such-source': {
    code: 'NAS4053',
    severity: 'error',
    message: '{node} cannot take an input from {name}',
  },
  'source-twice': {
    code: 'NAS4054',
    severity: 'error',
    message: '{node} takes {name} twice',
  },
  'not-an-option': {
    code: 'NAS4055',
    severity: 'error',
    message: '{option} is not among the options of this edge',
  },
  'edge-count': {
    code: 'NAS4056',
    severity: 'error',
    message: '{node} takes {expected} inputs, found {found}',
  },
  'not-a-cost': {
    code: 'NAS4060',
    severity: 'error',
    message: '{name} is no cost that could be expected',
  },
  'expect-operator': {
    code: 'NAS4061',
    severity: 'error',
    message: 'an expectation compares by =, <= or >=, found {operator}',
  },
  'unknown-convention': {
    code: 'NAS4062',
    severity: 'error',
    message: 'unknown convention of counting {name}',
  },
  'no-projection': {
    code: 'NAS4021',
    severity: 'error',
    message: '`project` without an operation is the convolution of std:nn, which the program does not import',
    help: 'Import std:nn, or say the operation: `project conv(channels)`.',
  },
  'unknown-decision': {
    code: 'NAS4057',
    severity: 'error',
    message: '{architecture} binds {path}, and the space has no such decision',
  },
  'unfit-architecture': {
    code: 'NAS4058',
    severity: 'error',
    message: '{what}',
  },
  'nothing-to-relax': {
    code: 'NAS4046',
    severity: 'error',
    message: 'the space has no choice {what} that could be relaxed',
  },
  'nothing-to-derive': {
    code: 'NAS4048',
    severity: 'error',
    message: 'the space has no choice {what} that could be derived',
  },
  contradiction: {
    code: 'NAS4102',
    severity: 'error',
    message: 'no architecture of {space} satisfies {constraints}',
    help: 'Loosen it; of several, any one: the others can be satisfied without it.',
  },
  'dead-option': {
    code: 'NAS4103',
    severity: 'warning',
    message: 'no architecture takes {option} for {decision}: {reason}',
    help: 'Remove the option, or loosen what excludes it.',
  },
  'unproved-constraints': {
    code: 'NAS4104',
    severity: 'information',
    message: 'the constraints of {space} are not proved here: more than {limit} states hang together',
    help: 'A check answers within a moment. `nasc count` goes through all of them.',
  },
  'unmet-expectation': {
    code: 'NAS4101',
    severity: 'error',
    message: 'expected {expected}, found {found}',
  },
} as const satisfies CatalogueSection
