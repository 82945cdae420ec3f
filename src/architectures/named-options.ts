import { Failure } from '../catalogue/failure.js'
import type { Architecture } from '../space/architectures/architecture.js'
import type { Decision } from '../space/decisions/decision.js'
import { didYouMean, nearNames } from '../support/near-names.js'

/**
 * What the cells of a row take, by the decisions that their columns are named after: an option as it prints, several separated by
 * `;`. Empty cells and other columns say nothing.
 *
 * @param place for messages: `results.csv, line 12`
 * @throws Failure NAS7586 where no column is named after a decision, NAS7587 on an option that there is not
 */
export function decisionsOfCells(
  cells: Readonly<Record<string, string>>,
  place: string,
  decisions: readonly Decision[],
): Architecture['decisions'] {
  const taken = decisions.flatMap((decision) => {
    const cell = cells[decision.path]?.trim() ?? ''
    return cell === '' ? [] : [[decision.path, optionsOf(cell, decision, place)] as const]
  })
  if (taken.length > 0 || decisions.length === 0) return Object.fromEntries(taken)
  const paths = decisions.map(({ path }) => path)
  const near = didYouMean(Object.keys(cells).flatMap((column) => nearNames(column, paths))[0])
  throw new Failure('no-architecture-columns', {
    place,
    near,
    columns: Object.keys(cells).join(', '),
    paths: paths.join(', '),
  })
}

/** `skip` or `s0; n1`, as options print; where they are numbers, in any notation. */
function optionsOf(cell: string, decision: Decision, place: string): readonly number[] {
  const whole = optionOf(cell, decision)
  if (whole >= 0) return [whole]
  return cell.split(';').map((part) => optionNamed(part.trim(), decision, place))
}

/** @throws Failure NAS7587 where there is no such option */
export function optionNamed(text: string, decision: Decision, place: string): number {
  const option = optionOf(text, decision)
  if (option >= 0) return option
  const { path, options } = decision
  const near = didYouMean(nearNames(text, options)[0])
  throw new Failure('unknown-cell-option', { place, path, found: text, near, options: options.join(', ') })
}

function optionOf(text: string, { options, values }: Decision): number {
  const exact = options.indexOf(text)
  if (exact >= 0 || values === undefined || text === '') return exact
  return values.indexOf(Number(text))
}
