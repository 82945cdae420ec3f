import type { namesCatalogue } from '../catalogue/names.js'
import type { ExplanationsOf } from './explanation.js'

export const namesExplanations: ExplanationsOf<typeof namesCatalogue> = {
  'missing-module': {
    why: 'A module is a file beside the one that imports it, named by a path that ends with `.nas`, or a module of the standard library, named `std:nn`.',
    mend: [['std:n\n', 'std:nn\n']],
  },
  'import-cycle': {
    why: 'What a module declares may depend on all that it imports. In a circle there would be no order in which to read the modules.',
    mend: [['import { helper } from "./other.nas"\n', 'op helper = relu\n']],
  },
  'unreadable-module': {
    why: 'The file is there, and it is no readable UTF-8 text: a folder, a file without permission, or a binary file.',
    mend: [['import { helper } from "./other.nas"\n', 'op helper = relu\n']],
  },
  'missing-entry': {
    why: 'The file that was named on the command line does not exist. Names of files beside it that are near are suggested.',
  },
  'unknown-name': {
    why: 'A name means what is declared in this file, in the block around it, or in a module that is imported. Order within a file does not matter.',
    mend: [['widht', 'width']],
  },
  'duplicate-name': {
    why: 'One name means one thing within a module or a list of parameters; the second declaration would hide the first one.',
    mend: [
      ['let width = 8\n', ''],
      ['a: int, a: int', 'a: int'],
    ],
  },
  'not-exported': {
    why: 'All declarations of a module can be imported; it has none of this name.',
    mend: [
      ['conv, depthwize', 'conv, depthwise'],
      ['depthwize(3)', 'depthwise(3)'],
    ],
  },
  'unknown-operation': {
    why: 'Operations are declared by `op` or `extern op`, in this file or in a module that is imported.',
    mend: [
      ['bnn', 'bn'],
      ['rellu', 'relu'],
    ],
  },
  'ambiguous-name': {
    why: 'Two modules that are imported as a whole declare the name. Which one is meant must be said, because the order of imports means nothing.',
    mend: [['import std:cells', 'import { max_pool } from std:cells']],
  },
  'unknown-component': {
    why: 'Samplers, objectives, optimisers and derivations are declared in `std:search` or by an `extern` of yours.',
    mend: [
      ['cross_entropi', 'cross_entropy'],
      ['everything', 'all'],
      ['sdg', 'sgd'],
      ['argmaxx', 'argmax'],
    ],
  },
  'unknown-setting': {
    why: 'Settings are words with a fixed meaning. A word that means nothing would be passed over, and the run would not be what was asked for.',
    mend: [
      ['clipp', 'clip'],
      ['epoch 2', 'epochs 2'],
    ],
  },
  'unknown-param': {
    why: 'In `scale`, `retrain` and `with`, `name = value` gives a `param` of the program another value; the program has none of this name.',
    mend: [['cels', 'cells']],
  },
  'unknown-space': {
    why: 'A search or an architecture belongs to a space of this file or of a module that it imports.',
    mend: [['tinny', 'tiny']],
  },
  'unknown-cell': {
    why: 'A stack takes the cells that the space names: `cell normal = darts`. The declaration of a cell alone gives it no name in the space.',
    mend: [['stack 3 of norml, block at { 1 }', 'stack 3 of normal']],
  },
  'unknown-source': {
    why: 'A node reads inputs of its cell and nodes that stand before it, by their names.',
    mend: [
      ['{ s0, s2, n }', '{ s0, s1 }'],
      ['s0, sl', 's0, s1'],
    ],
  },
  'unknown-category': {
    why: 'An `extern` declares an operation (`op`) or a kind of search component that the runtime knows.',
    mend: [['relaxtion', 'relaxation']],
  },
  'not-rewritable': {
    why: 'A rewrite replaces something of the base by its name or path: a `let`, `from` of all nodes, `through` of all nodes.',
    mend: [['candidats = { none }, normal.through = 3', 'candidates = { none, skip }']],
  },
  'circular-definition': {
    why: 'There is no recursion: every program has an end, and every operation a size that is known.',
    mend: [
      ['op b = conv -> a', 'op b = conv'],
      ['{ c }', '{ 1 }'],
      ['3 * d', '3'],
    ],
  },
  'param-clash': {
    why: 'Params of all modules are set from one command line: `--set width=8` must mean one of them.',
    mend: [
      ['param width = 8', 'param stem_width = 8'],
      ['conv(width)', 'conv(stem_width)'],
    ],
  },
}
