import type { LoadedCommand } from './command.js'

export interface CommandRow {
  readonly name: string
  /** Half a line for the list of commands. */
  readonly summary: string
  /** What it is doing, before the names of its files. */
  readonly doing: string
  /** Whether that takes more than a moment, whatever the files are. */
  readonly lasts?: true
  load(): Promise<{ readonly command: LoadedCommand }>
}

/** Every command, in the order in which the help lists them. A command is loaded only when it is called. */
export const commandTable: readonly CommandRow[] = [
  {
    name: 'check',
    summary: 'Say what is wrong with a file, and prove what it expects',
    doing: 'checking',
    load: () => import('./commands/check.js'),
  },
  {
    name: 'compile',
    summary: 'Write the sealed IR of a file',
    doing: 'compiling',
    load: () => import('./commands/compile.js'),
  },
  {
    name: 'count',
    summary: 'How many architectures, exactly',
    doing: 'counting the architectures of',
    load: () => import('./commands/count.js'),
  },
  {
    name: 'cost',
    summary: 'Parameters and multiply-accumulates, layer by layer',
    doing: 'costing',
    load: () => import('./commands/cost.js'),
  },
  {
    name: 'sample',
    summary: 'Draw architectures uniformly, within bounds of cost',
    doing: 'drawing architectures of',
    load: () => import('./commands/sample.js'),
  },
  {
    name: 'explain',
    summary: 'A space in plain words, or what a diagnostic means',
    doing: 'explaining',
    load: () => import('./commands/explain.js'),
  },
  {
    name: 'graph',
    summary: 'Draw a space, an architecture or a cell',
    doing: 'drawing',
    lasts: true,
    load: () => import('./commands/graph.js'),
  },
  { name: 'fmt', summary: 'Format files', doing: 'formatting', load: () => import('./commands/fmt.js') },
  {
    name: 'diff',
    summary: 'What became of a space, and which results stay valid',
    doing: 'comparing',
    load: () => import('./commands/diff.js'),
  },
  {
    name: 'import',
    summary: 'Architectures from other tools: genotypes',
    doing: 'importing from',
    load: () => import('./commands/import.js'),
  },
  {
    name: 'export',
    summary: 'Write an architecture for another tool',
    doing: 'exporting an architecture of',
    load: () => import('./commands/export.js'),
  },
  {
    name: 'init',
    summary: 'A starter project from a template',
    doing: 'making a project in',
    load: () => import('./commands/init.js'),
  },
  {
    name: 'run',
    summary: 'Search, derive and retrain; writes a run directory',
    doing: 'preparing the search of',
    lasts: true,
    load: () => import('./commands/run.js'),
  },
  {
    name: 'train',
    summary: 'Train one architecture from scratch; writes a run directory',
    doing: 'preparing to train an architecture of',
    lasts: true,
    load: () => import('./commands/train.js'),
  },
  {
    name: 'search',
    summary: 'Search the supernet of a run in another way',
    doing: 'preparing to search',
    lasts: true,
    load: () => import('./commands/search.js'),
  },
  {
    name: 'resume',
    summary: 'Continue a run to the same result',
    doing: 'preparing to resume',
    lasts: true,
    load: () => import('./commands/resume.js'),
  },
  {
    name: 'eval',
    summary: 'Accuracy of an architecture with the weights of a run',
    doing: 'evaluating',
    lasts: true,
    load: () => import('./commands/eval.js'),
  },
  {
    name: 'predict',
    summary: 'Classify images with a network of a run',
    doing: 'classifying images with',
    lasts: true,
    load: () => import('./commands/predict.js'),
  },
  {
    name: 'rank',
    summary: 'How well a supernet orders architectures',
    doing: 'preparing to rank the architectures of',
    lasts: true,
    load: () => import('./commands/rank.js'),
  },
  {
    name: 'latency',
    summary: 'Measure architectures on this machine, fit the predictor of a search',
    doing: 'latency:',
    lasts: true,
    load: () => import('./commands/latency.js'),
  },
  {
    name: 'backend',
    summary: 'List backends, install and remove native TensorFlow',
    doing: 'backend:',
    lasts: true,
    load: () => import('./commands/backend.js'),
  },
  {
    name: 'doctor',
    summary: 'What this machine has, what will be used and why',
    doing: 'looking at this machine',
    load: () => import('./commands/doctor.js'),
  },
]
