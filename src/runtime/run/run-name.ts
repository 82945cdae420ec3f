/**
 * The part of a run's name before its counter: the program's file and its search, `darts-first_order`. Letters, digits,
 * `_`, `-` and `.` alone, so that it is a file name everywhere and needs no quotes in a shell.
 */
export function runStem(source: string, search: string): string {
  const file = source.replace(/^.*[\\/]/, '').replace(/\.(nas|ir\.json|json)$/, '')
  const stem = file === search ? file : `${file}-${search}`
  return stem.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^[.-]+/, '') || 'run'
}
