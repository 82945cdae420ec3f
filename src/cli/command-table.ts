import type { LoadedCommand } from './command.js'

export interface CommandRow {
  readonly name: string
  /** Half a line for the list of commands. */
  readonly summary: string
  load(): Promise<{ readonly command: LoadedCommand }>
}

/** Every command, in the order in which the help lists them. A command is loaded only when it is called. */
export const commandTable: readonly CommandRow[] = [
  {
    name: 'check',
    summary: 'Say what is wrong with a file, and prove what it expects',
    load: () => import('./commands/check.js'),
  },
  { name: 'compile', summary: 'Write the sealed IR of a file', load: () => import('./commands/compile.js') },
  { name: 'count', summary: 'How many architectures, exactly', load: () => import('./commands/count.js') },
  {
    name: 'cost',
    summary: 'Parameters and multiply-accumulates, layer by layer',
    load: () => import('./commands/cost.js'),
  },
  {
    name: 'sample',
    summary: 'Draw architectures uniformly, within bounds of cost',
    load: () => import('./commands/sample.js'),
  },
  {
    name: 'explain',
    summary: 'A space in plain words, or what a diagnostic means',
    load: () => import('./commands/explain.js'),
  },
  { name: 'graph', summary: 'Draw a space, an architecture or a cell', load: () => import('./commands/graph.js') },
  { name: 'fmt', summary: 'Format files', load: () => import('./commands/fmt.js') },
  {
    name: 'diff',
    summary: 'What became of a space, and which results stay valid',
    load: () => import('./commands/diff.js'),
  },
  {
    name: 'init',
    summary: 'A starter project from a template',
    load: () => import('./commands/init.js'),
  },
  {
    name: 'run',
    summary: 'Search, derive and retrain; writes a run directory',
    load: () => import('./commands/run.js'),
  },
  { name: 'resume', summary: 'Continue a run to the same result', load: () => import('./commands/resume.js') },
  {
    name: 'eval',
    summary: 'Accuracy of an architecture with the weights of a run',
    load: () => import('./commands/eval.js'),
  },
  {
    name: 'backend',
    summary: 'List backends, install and remove native TensorFlow',
    load: () => import('./commands/backend.js'),
  },
  {
    name: 'doctor',
    summary: 'What this machine has, what will be used and why',
    load: () => import('./commands/doctor.js'),
  },
]
