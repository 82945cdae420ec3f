import type { FailureSection } from './entry.js'

/** NAS7615 to NAS7634: measured costs of architectures, and predictors that are fitted to them. */
export const measurementsCatalogue = {
  'nothing-to-measure': {
    code: 'NAS7615',
    message: 'No architecture of {space} is without an option that `derive … except` leaves out.',
    help: 'Except fewer operations, or leave them out of the space by a `require`.',
    why: 'Only what a search may derive is measured, so that a predictor learns from architectures of its kind.',
  },
  'machine-too-busy': {
    code: 'NAS7616',
    message:
      '{file}: of {count} {count|architecture|architectures}, {measured} {measured|is|are} measured, and this machine is too busy for more: a reference network keeps taking over {tolerance} % longer than at its best.',
    help: 'Wait until it is quiet and call the same command again, which goes on; or allow more with --tolerance.',
    why: 'A latency that was measured beside other work says little of the architecture. Ten architectures at a time stand between two looks at a reference network, and are measured again where that was slow.',
  },
  'too-few-measurements': {
    code: 'NAS7617',
    message: '{file}: holds {count} {count|architecture|architectures}, and a predictor needs {fewest}.',
    help: 'Measure more: `nasc latency sample` goes on where it ended.',
    why: 'A fifth of the architectures is held out to judge the predictor, and what is left has to tell the options apart.',
  },
  'measured-no-member': {
    code: 'NAS7618',
    message: '{place}: is no architecture of {space}.',
    help: 'Take the line out, or measure the space as it is now.',
    why: 'A predictor is fitted to architectures of the space that is searched, within its constraints.',
    fix: 'Take the line out, or measure the space as it is now.',
  },
  'measurements-without-value': {
    code: 'NAS7619',
    message: '{file}: has no column `value`; its columns are {columns}.',
    help: '{near}Call the column that holds the cost `value`.',
    why: 'A file of measurements has the cost of each architecture in its column `value`, whatever it is: milliseconds, joules, bytes.',
    fix: 'Call the column that holds the cost `value`.',
  },
  'unknown-measurement-setting': {
    code: 'NAS7620',
    message: '{file}: says `# {name}: …`, which means nothing here.',
    help: '{near}A file may say: {names}. Other remarks have no colon behind their first word.',
    why: 'What a file says of its measurements is compared with what they are used for, so a word that is misspelt would be passed over.',
    fix: 'Write one of the names that the help lists.',
  },
  'other-measurements': {
    code: 'NAS7621',
    message: '{file}: was measured otherwise: {differences}.',
    help: 'Measure anew into another file; where they are meant all the same, take {lines} out of it.',
    why: 'Costs depend on the device, on how it is used, and on the networks. Measurements of one setting tell nothing certain of another, and are never mixed.',
    fix: 'Measure anew into another file; where they are meant all the same, take the lines out that say what differs.',
  },
  'samples-nothing': {
    code: 'NAS7622',
    message: 'The search `{search}` minimises a cost of architectures that are drawn from its choices, and {reason}.',
    help: 'Relax the choices and `derive` by a rule that reads their weights, such as `argmax`.',
    why: 'Architectures are drawn as the search derives them at its end: from weights of options, by rules that read these.',
    fix: 'Relax the choices and `derive` by a rule that reads their weights, such as `argmax`.',
  },
  'no-predictor': {
    code: 'NAS7623',
    message: '{file}: the search has no predictor that is fitted to measurements.',
    help: 'Add `predictor latency = mlp(128, 64), fitted to measurements "latency.csv"` to it.',
    why: 'What is fitted to measurements is the model that a search names in its clause `predictor`.',
    fix: 'Add a clause `predictor` to the search.',
  },
  'no-measurements': {
    code: 'NAS7624',
    message: '{file}: there are no measurements.',
    help: 'Make them with `nasc latency sample`, or name another file with --measurements.',
    why: 'A predictor is fitted to measurements of architectures.',
  },
  'named-file-unreadable': {
    code: 'NAS7625',
    message: '{file}: cannot be read: {reason}.',
    help: 'Name a file of text, in UTF-8, that you may read.',
    why: 'A program names the file, and something that is no readable text stands at its path.',
  },
  'measured-unknown-architecture': {
    code: 'NAS7627',
    message: '{place}: the program has no architecture `{name}`.',
    help: '{near}It has: {names}.',
    why: 'A row names the architecture that was measured by a name that the program gives one, or by a column for each decision.',
    fix: 'Write the name of an architecture of the program.',
  },
  'measurements-of-other-space': {
    code: 'NAS7626',
    message: '{file}: was measured for the space {found}, and here {space} is searched.',
    help: 'Name the measurements of this space; where they are meant all the same, take `# space: …` out of the file.',
    why: 'Measurements say what the architectures of one space cost.',
    fix: 'Name the measurements of this space, or search the space that was measured.',
  },
} as const satisfies FailureSection
