import type { FailureSection } from './entry.js'

/** NAS758x and NAS760x: results of architectures, in tables and of runs, and how well scores agree with them. */
export const resultsCatalogue = {
  'nothing-to-rank': {
    code: 'NAS7580',
    message: '{run}: it retrained nothing, so there is nothing to compare the scores of its supernet with.',
    help: 'Name runs of `nasc train` with --trained or a table of results with --table; --score N draws architectures for them.',
    why: 'A correlation is one between two numbers of the same architectures.',
  },
  'no-held-out-images': {
    code: 'NAS7581',
    message: '{run}: keeps no images to score architectures on: {reason}.',
    help: 'Rank a search with `validate on 10%`; a share of `train weights` leaves room for it.',
    why: 'Scores on images that the weights have seen say little, and test images are for the end.',
  },
  'not-trained': {
    code: 'NAS7582',
    message: '{run}: has trained no architecture from scratch to its end.',
    help: 'Go on with it: `nasc resume {run}`. Only runs of `nasc train`, and searches that retrain, come to that.',
    why: 'A run was named for what it has trained from scratch, and has not.',
    fix: 'Go on with it first: `nasc resume`.',
  },
  'trained-other-space': {
    code: 'NAS7583',
    message:
      '{what}: is about another space: its architecture takes {found} for `{path}`, which the space that is ranked does not offer.',
    help: 'Name runs and architectures of the same space.',
    why: 'Architectures are told apart by their decisions, which have to be those of the space of the supernet.',
  },
  'too-few-to-rank': {
    code: 'NAS7584',
    message: '{run}: {n} of its architectures have both a score and a result, and an order needs two.',
    help: 'Name more trained runs or results, or draw more with --score.',
    why: 'One architecture alone has no order.',
  },
  'malformed-table': {
    code: 'NAS7585',
    message: '{place}: {reason}.',
    help: 'A table of results is a CSV file: names of columns in its first line, then a line for each architecture.',
    why: 'The file is no table, or a value of it is no number.',
    fix: 'Mend the line that the message names.',
  },
  'no-architecture-columns': {
    code: 'NAS7586',
    message: '{place}: names no architecture; the columns are {columns}.',
    help: '{near}Give a column `architecture` (a name, a .nas file or its text), or one for each decision: {paths}.',
    why: 'A row of a table of results has to say which architecture it is about.',
    fix: 'Name the columns as `nasc count` names the decisions, or add a column `architecture`.',
  },
  'unknown-cell-option': {
    code: 'NAS7587',
    message: '{place}: {found} is not among the options of `{path}`.',
    help: '{near}Its options are {options}; several are separated by `;`.',
    why: 'A cell of a table holds an option of the decision that its column is named after.',
    fix: 'Write options as `nasc count` prints them.',
  },
  'row-leaves-open': {
    code: 'NAS7588',
    message: '{place}: {reason}, and an architecture takes all.',
    help: 'Add a column for that decision, or fill in the cell.',
    why: 'An architecture takes every choice of its space that its network meets.',
  },
  'no-results-file': {
    code: 'NAS7602',
    message: '{file}: there is no such table of results.',
    help: 'Name it from where the command runs.',
    why: 'The search judges architectures by a table of results, and the file is not there.',
    fix: 'Put the file there, or name where it is, from where the command runs.',
  },
  'malformed-results': {
    code: 'NAS7603',
    message: '{place}: {reason}.',
    help: 'A table of results is CSV with names of columns in its first line, or JSON whose keys are architectures.',
    why: 'The file is no table of results, or a value of it is no number.',
    fix: 'Mend the line that the message names.',
  },
  'no-result-column': {
    code: 'NAS7604',
    message: '{place}: has no `{column}`; it has {columns}.',
    help: '{near}Say which one holds the result: `table(FILE, column: NAME)` in a search, `--column NAME` on the command line.',
    why: 'The column that is read is not there.',
    fix: 'Say which one holds the result: `table(FILE, column: NAME)` in a search, `--column NAME` on the command line.',
  },
  'result-of-no-architecture': {
    code: 'NAS7605',
    message: '{place}: {architecture} is no architecture of {space}.',
    help: 'Expected: {expected}.',
    why: 'A table of results names its architectures as benchmarks do, and this is none of the space.',
    fix: 'Name the table of this space, or the space of this table.',
  },
  'no-result': {
    code: 'NAS7606',
    message: '{file}: none of its {count} {count|result|results} is of {architecture}.',
    help: 'Give a table of the whole space, or constrain the space to what the table has.',
    why: 'The search came to an architecture of which the table says nothing.',
    fix: 'Give a table of the whole space, or `require` what the table has.',
  },
} as const satisfies FailureSection
