import type { ScoreComponent } from './score.js'

/** What a table of results says of an architecture. */
export const table: ScoreComponent = (read) => {
  const column = read.text('column')
  return {
    ...{ kind: 'recorded', measure: column, file: read.file('file'), column },
    better: read.boolean('lowest') ? 'lower' : 'higher',
  }
}
