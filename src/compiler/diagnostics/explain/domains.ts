import type { domainsCatalogue } from '../catalogue/domains.js'
import type { ExplanationsOf } from './explanation.js'

export const domainsExplanations: ExplanationsOf<typeof domainsCatalogue> = {
  'empty-choice': {
    why: 'A choice between nothing has no answer, and the space no architecture.',
    mend: [
      ['one of {}', 'one of { 1, 3 }'],
      ['5..3', '3..5'],
    ],
  },
  'duplicate-option': {
    why: 'Options are told apart by what they are, also in results. Twice the same would be counted twice and sampled twice as often. Defaults that are written out make no difference.',
    mend: [
      [', sep_conv(kernel: 3, stride: 1)', ''],
      ['{ 3, 5, 3 }', '{ 3, 5 }'],
    ],
  },
  'arity-too-large': {
    why: 'No architecture takes more things than there are. The first node of a cell has only the inputs of the cell to choose from.',
    mend: [
      ['any 3 of earlier', 'any 2 of earlier'],
      ['any 3 of { relu, bn }', 'any 2 of { relu, bn }'],
    ],
  },
  'empty-arity': {
    why: 'The least number is larger than the most.',
    mend: [['any 3..2', 'any 2..3']],
  },
  'negative-arity': {
    why: 'A number of options is zero or more.',
    mend: [['any -1', 'any 1']],
  },
  'cell-without-input': {
    why: 'A parameter with neither type nor default is a feature map that arrives; a cell has at least one.',
    mend: [['block(stride: int = 1)', 'block(s0)']],
  },
  'cell-without-output': {
    why: 'What a cell hands on must be said: all nodes, the last one, or something else.',
    mend: [['through conv }\n', 'through conv }\n  output a\n']],
  },
  'clause-twice': {
    why: 'There is one of it in its block; which one counts must not depend on the order.',
    mend: [['  classes 100\n', '']],
  },
  'prepared-twice': {
    why: 'An input goes through one preparation; make it a pipeline if it needs two operations.',
    mend: [['  prepare s1 { relu_conv_bn }\n', '']],
  },
  'not-an-input': {
    why: '`prepare` is for the feature maps that arrive at the cell.',
    mend: [['  prepare n { relu_conv_bn }\n', '']],
  },
  'empty-family': {
    why: '`n[1..4]` declares the nodes from the first number to the last one.',
    mend: [['n[3..2]', 'n[1..2]']],
  },
  'node-without': {
    why: 'A node says where its inputs come from and what they go through.',
    mend: [
      ['{ through conv }', '{ from earlier; through conv }'],
      ['{ from earlier }', '{ from earlier; through conv }'],
    ],
  },
  'no-member': {
    why: 'The family has no node of this number.',
    mend: [
      ['any 1 of { s0, s1, n[7] }', 'any 1 of { s0, s1 }'],
      ['n[1], n[3]', 'n[1], n[2]'],
    ],
  },
  'later-source': {
    why: 'Cells have no circles: a node reads inputs of the cell and nodes before it.',
    mend: [['{ s0, b }', '{ s0 }']],
  },
  'unused-node': {
    why: 'Whatever such a node computes is thrown away, and its choices change nothing but the count of architectures.',
    mend: [['output b', 'output concat(a, b)']],
  },
  'unknown-word': {
    why: '`require every node is …` knows `reached` and `used`, and `or removed`.',
    mend: [
      ['reachd', 'reached'],
      ['deleted', 'removed'],
    ],
  },
  'no-projection': {
    why: 'A bare `project` is a 1x1 convolution to the channels of the cell, the `conv` of `std:nn`.',
    mend: [['cell block(s0)', 'import std:nn\n\ncell block(s0)']],
  },
  'space-without': {
    why: 'A space says what images arrive, how many classes there are, and what network stands between.',
    mend: [
      [
        'space s {\n',
        'space s {\n  input   image(8, 8, 3)\n  classes 10\n  network { head global_pool -> linear(classes) }\n',
      ],
    ],
  },
  'network-without-head': {
    why: 'A network ends in one score per class, which its head computes.',
    mend: [['stem conv(8) }', 'stem conv(8); head global_pool -> linear(classes) }']],
  },
  'empty-stack': {
    why: 'A stack without cells would be nothing in the network, and its cells would never be trained.',
    mend: [['stack 0', 'stack 3']],
  },
  'too-many-inputs': {
    why: 'A stack hands its cells the outputs of the last two items.',
    mend: [['s0, s1, s2, stride', 's0, s1, stride']],
  },
  'position-outside': {
    why: 'Positions of cells in a stack count from 0.',
    mend: [['{ 1, 3 }', '{ 1, 2 }']],
  },
  'stage-without-layer': {
    why: 'A stage repeats a layer; it must say which.',
    mend: [['{ width 8 }', '{ width 8; layer conv }']],
  },
  'search-without': {
    why: 'A search says what is minimised, how the weights are trained, and how the result is read off.',
    mend: [['{\n}', '{\n  minimise cross_entropy\n  train weights { sgd(lr: 0.1) }\n  derive   argmax\n}']],
  },
  'relaxed-twice': {
    why: 'One way of relaxing per kind of choice; with two, neither could be meant.',
    mend: [
      [', through by softmax(2)', ''],
      ['through by softmax, from', 'through by softmax(2), from'],
    ],
  },
  'train-without-optimiser': {
    why: 'Variables do not move without an optimiser.',
    mend: [['{ clip 5 }', '{ sgd(lr: 0.1), clip 5 }']],
  },
  'stray-expression': {
    why: 'Only a `train` block has an optimiser in it. Elsewhere, settings are words with values.',
    mend: [['scale quick { sgd(lr: 0.1) }', 'scale quick { epochs 2 }']],
  },
  'unknown-block': {
    why: 'Inside of `scale`, the only block is `retrain`.',
    mend: [['refine', 'retrain']],
  },
  'illegal-combination': {
    why: 'Clauses of a search can contradict each other or the space; a run that trains nothing would otherwise end without a word.',
    mend: [
      ['  train choices { adam(lr: 0.1) }\n  train predictor { adam(lr: 0.1) }\n  derive top(3)', '  derive top(2)'],
    ],
  },
  'nothing-to-relax': {
    why: '`relax` speaks of a kind of choice (`through`, `from`, `width`) or of the path of one; the space has none such.',
    mend: [['throuhg by softmax, width by softmax', 'through by softmax']],
  },
  'nothing-to-derive': {
    why: '`argmax of X` speaks of a kind of choice (`through`, `from`, `width`) or of the path of one; the space has none such.',
    mend: [['argmax of throuhg', 'argmax of through']],
  },
  'bound-twice': {
    why: 'An architecture takes every choice once.',
    mend: [['; n1: skip of s0, none of s1', '']],
  },
  'unknown-path': {
    why: 'The paths of an architecture are those of the decisions of its space: the cell, the node.',
    mend: [['  norml { n1: skip of s0, skip of s1 }\n  normal { n7: skip of s0, skip of s1 }\n', '']],
  },
  'left-open': {
    why: 'With a choice left open it would not be one architecture. A choice with a single answer need not be mentioned.',
    mend: [['skip of s1 }\n}', 'skip of s1; n2: sep_conv(3) of s0, skip of n1 }\n}']],
  },
  'no-such-source': {
    why: 'The node can only take inputs that its `from` offers.',
    mend: [['of m1', 'of n1']],
  },
  'source-twice': {
    why: 'Between two states there is one edge; the same source twice would be two.',
    mend: [['skip of s0 }\n}', 'skip of n1 }\n}']],
  },
  'not-an-option': {
    why: 'An edge takes one of the operations that the space offers on it, with the same arguments.',
    mend: [['sep_conv(5)', 'sep_conv(3)']],
  },
  'edge-count': {
    why: 'The number of inputs of a node is fixed by `any 2 of earlier`.',
    mend: [['n2: sep_conv(3) of s0 }', 'n2: sep_conv(3) of s0, skip of n1 }']],
  },
  'unknown-decision': {
    why: 'The path names no choice of the space. The notes list those that there are.',
    mend: [['widht', 'width']],
  },
  'unfit-architecture': {
    why: 'The architecture takes an option that the choice does not have, or another number of options than it takes.',
    mend: [['resolution 20', 'resolution 24']],
  },
  'not-a-cost': {
    why: 'An expectation speaks of `parameters`, `macs` (or `flops`) or `activation_bytes`.',
    mend: [['parametres = 100', 'parameters = 922']],
  },
  'expect-operator': {
    why: 'A published number is met or a bound is kept; `within` gives `=` a tolerance.',
    mend: [['> 100', '>= 100']],
  },
  'unknown-convention': {
    why: 'Papers count multiply-accumulates differently; the convention says what counts.',
    mend: [['macs(fulll) = 100', 'macs(full) >= 100']],
  },
  contradiction: {
    why: 'Each constraint can be satisfied by itself, all of them together by no architecture: the space is empty, and there is nothing to search. The constraints named are the fewest that exclude each other.',
    mend: [['require a.width > 8', 'require a.width >= 8']],
  },
  'dead-option': {
    why: 'The option is written as a choice, but the constraints never allow it. A search would carry its weights for nothing, and counts of options mislead.',
    mend: [['one of {4, 8}', 'one of {8}']],
  },
  'unproved-constraints': {
    why: 'The space is compiled as it is. Its constraints tie many decisions together, so that looking for contradictions and for options without architectures would take longer than a check may.',
    mend: [['a.width + b.width + c.width <= 200', 'a.width <= b.width and b.width <= c.width']],
  },
  'unmet-expectation': {
    why: 'The architecture was built and costs something else. Either the number is wrong, or the space is not the one of the paper.',
    mend: [['= 1_000', '= 922']],
  },
}
