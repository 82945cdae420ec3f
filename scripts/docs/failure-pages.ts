import { commandLineFailures } from '../../src/cli/failure-codes.js'
import { irFailures } from '../../src/ir/failure-codes.js'
import type { FailureTable } from '../../src/ir/failure-table.js'
import { runtimeFailures } from '../../src/runtime/failure-codes.js'
import type { Page } from './page.js'

/** The tables of failures: where each is thrown, they stand beside. */
export const failureTables: readonly { readonly of: string; readonly failures: FailureTable }[] = [
  { of: 'the IR', failures: irFailures },
  { of: 'the runtime', failures: runtimeFailures },
  { of: 'the command line', failures: commandLineFailures },
]

/** A failure has no program to show: what went wrong lies in a file, the machine or the command. */
export function failurePages(): readonly Page[] {
  return failureTables.flatMap(({ of, failures }) =>
    Object.entries(failures).map(([code, { slug, why, mend }]) => ({
      name: `${code}.md`,
      title: slug,
      text: [`# ${code}: ${slug}`, '', `Failure of ${of}.`, '', why, '', '## What to do', '', mend, ''].join('\n'),
    })),
  )
}
