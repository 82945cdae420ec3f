import type { Options } from './option.js'

/** Options that several commands share: the same name means the same thing everywhere. */
export const commonOptions = {
  json: { kind: 'flag', describe: 'One JSON document on stdout, and nothing else there' },
  set: { kind: 'list', value: 'NAME=VALUE', describe: 'Set a param of the file; may be repeated' },
  arch: { kind: 'text', value: 'NAME|FILE', describe: 'An architecture of the file, or one in a file of its own' },
  space: {
    kind: 'text',
    value: 'NAME',
    describe: 'The space, where the file has several; that of a search that rewrites one has its name',
  },
  search: { kind: 'text', value: 'NAME', describe: 'The search, where the file has several' },
  scale: { kind: 'text', value: 'NAME', describe: 'A preset of the search, such as quick or paper' },
  seed: { kind: 'integer', value: 'N', least: 0, describe: 'Seed of everything random' },
  backend: {
    kind: 'choice',
    options: ['wasm', 'tensorflow', 'cpu'],
    describe: 'Where tensors are computed; the best one at hand without this',
  },
  threads: { kind: 'integer', value: 'N', least: 1, describe: 'Threads of the backend' },
  data: { kind: 'text', value: 'NAME|DIR', describe: 'The images: mnist, fashion-mnist, a folder or a file' },
  'skip-corrupt': { kind: 'flag', describe: 'Leave out images that cannot be decoded' },
  out: { kind: 'text', value: 'DIR', describe: 'Where the result is written' },
  convention: { kind: 'text', value: 'NAME', describe: 'How multiply-accumulates are counted; conv-fc without this' },
  budget: {
    kind: 'integer',
    value: 'SECONDS',
    least: 1,
    describe: 'How long analysis may take before it is given up; 300 without this',
  },
  quiet: { kind: 'flag', describe: 'No progress' },
} as const satisfies Options

/** Options that every command has. */
export const everywhere = {
  help: { kind: 'flag', describe: 'Show this help' },
  'no-color': { kind: 'flag', describe: 'No colours (also: the environment variable NO_COLOR)' },
} as const satisfies Options
