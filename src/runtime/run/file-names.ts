/** Files of a run directory, by what they hold. */
export const runFiles = {
  record: 'run.json',
  ir: 'program.ir.json',
  split: 'split.json',
  journal: 'journal.jsonl',
  checkpoints: 'checkpoints',
  architectures: 'architectures',
  measurements: 'measurements.csv',
  unfinishedMeasurements: 'measurements.unfinished.csv',
  scores: 'scores.jsonl',
  scored: 'scored',
  report: 'report.html',
} as const

/** Files of the folder of a series, beside the run directories of its seeds. */
export const seriesFiles = {
  record: 'seeds.json',
  ir: 'program.ir.json',
  report: 'report.html',
} as const
