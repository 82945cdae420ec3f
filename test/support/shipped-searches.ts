import type { RunOptions } from '../../src/runtime/options.js'

type Sizes = NonNullable<RunOptions['set']>

const searched = { epochs: 1, batch: 4, examples: 16 }
const retrained = { 'retrain.epochs': 1, 'retrain.batch': 4, 'retrain.examples': 8 }
const cells = { ...searched, ...retrained, width: 2, 'retrain.width': 2 }
/** Choices are frozen in the first epoch. */
const frozen = { ...cells, epochs: 2, examples: 8 }

const attentive = {
  ...{ ...searched, examples: 8, sides: [8, 16], thin: 8, calibrate: 1 },
  ...{ population: 2, generations: 1, changed: 1, judging: 0.25 },
}

/** What makes the searches of `spaces/` as small as they go, beside `scale quick`: by file and search. */
export const smallestSizes: Readonly<Record<string, Readonly<Record<string, Sizes>>>> = {
  'attentivenas.nas': { best_up: attentive, best_up_predicted: { ...attentive, epochs: 2, scored: 20 } },
  'darts-imagenet.nas': { first_order: cells },
  'darts.nas': { first_order: cells },
  'entrannas.nas': { entrannas: frozen, entrannas_dst: frozen, entrannas_extended: frozen },
  'la-darts.nas': { la_darts: cells },
  'nas-bench-101.nas': {
    regularised_evolution: {
      ...retrained,
      batch: 16,
      examples: 48,
      width: 2,
      'retrain.width': 2,
      population: 2,
      mutants: 1,
    },
  },
  'nas-bench-201.nas': { first_order: cells },
  'pc-darts.nas': {
    edge_normalised: { ...frozen, width: 4, 'retrain.width': 4 },
    edge_normalised_imagenet: { ...frozen, examples: 48, width: 4, 'retrain.width': 4 },
  },
  'toponas.nas': { toponas_pairs: cells, toponas: cells },
}

/** Searches whose networks are too large to be run so often here, and where one of the same parts is killed and resumed. */
export const largeSearches: Readonly<Record<string, string>> = {
  dmasking: 'masked.test.ts',
  progressive_shrinking: 'several-paths.test.ts',
  pi: 'contrast.test.ts',
  single_path: 'kill.test.ts',
  worst_up_predicted: 'predicted.test.ts',
}
