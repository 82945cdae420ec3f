/** What some copies of the cells of a supernet run. */
export interface Placement {
  /** Which copies, counted from 0 in their stack. */
  readonly at: readonly number[]
  /** Also all copies that no placement names. */
  readonly elsewhere: boolean
  /** `relaxed`: everything, weighted. `derived`: what is derived of the choices as they are, as sums without weights. */
  readonly runs: 'relaxed' | 'derived'
}

/** A copy of a cell in which something is chosen. */
export interface CellCopy {
  /** `cells[3]` */
  readonly copy: string
  /** Of its stack, from 0. */
  readonly position: number
  /** Kind of cell, by which its decisions are called: `normal`. */
  readonly cell: string
}

export type PlacementFault =
  | { readonly kind: 'no copy'; readonly placement: Placement; readonly position: number }
  | { readonly kind: 'placed twice'; readonly placement: Placement; readonly copy: string }
  | { readonly kind: 'not placed'; readonly copy: string }
  /** Nothing of the cell is evaluated whole: its choices would learn nothing. */
  | { readonly kind: 'nowhere relaxed'; readonly cell: string; readonly copies: readonly string[] }

/** The placements of a copy: as a rule one. */
function placementsOf({ position }: CellCopy, placements: readonly Placement[]): readonly Placement[] {
  const named = placements.filter(({ at }) => at.includes(position))
  return named.length > 0 ? named : placements.filter(({ elsewhere }) => elsewhere)
}

/** Copies that evaluate everything. @param placements without faults */
export function relaxedCopies(copies: readonly CellCopy[], placements: readonly Placement[]): ReadonlySet<string> {
  const relaxed = copies.filter((copy) => placementsOf(copy, placements).some(({ runs }) => runs === 'relaxed'))
  return new Set(relaxed.map(({ copy }) => copy))
}

/** What is wrong with placements: every copy needs just one, and every kind of cell a copy that evaluates everything. */
export function placementFaults(
  copies: readonly CellCopy[],
  placements: readonly Placement[],
): readonly PlacementFault[] {
  const faults: PlacementFault[] = []
  for (const placement of placements) {
    for (const position of placement.at) {
      if (copies.every((copy) => copy.position !== position)) faults.push({ kind: 'no copy', placement, position })
    }
  }
  for (const each of copies) {
    const [first, second] = placementsOf(each, placements)
    if (first === undefined) faults.push({ kind: 'not placed', copy: each.copy })
    if (second !== undefined) faults.push({ kind: 'placed twice', placement: second, copy: each.copy })
  }
  if (faults.length > 0) return faults
  const relaxed = relaxedCopies(copies, placements)
  for (const cell of new Set(copies.map((each) => each.cell))) {
    const own = copies.filter((each) => each.cell === cell).map(({ copy }) => copy)
    if (!own.some((copy) => relaxed.has(copy))) faults.push({ kind: 'nowhere relaxed', cell, copies: own })
  }
  return faults
}

/** A fault in words. */
export function describeFault(fault: PlacementFault, copies: readonly CellCopy[]): string {
  switch (fault.kind) {
    case 'no copy': {
      const positions = [...new Set(copies.map(({ position }) => position))].join(', ')
      return `there is no copy ${String(fault.position)} of a cell with choices; there are ${positions}`
    }
    case 'placed twice':
      return `${fault.copy} is placed twice`
    case 'not placed':
      return `nothing says what ${fault.copy} runs`
    case 'nowhere relaxed': {
      const where = fault.copies.length === 1 ? '' : ', of which none evaluates everything'
      return `the choices of ${fault.cell} would learn nothing: it stands at ${fault.copies.join(', ')}${where}`
    }
  }
}
