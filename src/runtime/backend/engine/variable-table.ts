import { sizeOf } from '../../operations/support/element.js'

interface Row<Held> {
  readonly shape: readonly number[]
  readonly size: number
  held: Held
}

/** The variables of an engine by name, each with what the engine holds for it (a tensor, an array). */
export interface VariableTable<Held> {
  names(): readonly string[]
  has(name: string): boolean
  shape(name: string): readonly number[]
  get(name: string): Held
  /** @throws Error if the variable exists, or `data` has not as many elements as its shape: `hold` is not called then */
  create(name: string, shape: readonly number[], data: Float32Array, hold: () => Held): void
  /** Puts another in its place and gives the old one. */
  replace(name: string, held: Held): Held
  /** @throws Error unless `data` has as many elements as the variable */
  demandLength(name: string, data: ArrayLike<number>): void
  delete(name: string): Held
  /** Empties the table and gives all that it held. */
  clear(): readonly Held[]
  /** Of all variables together. */
  bytes(): number
}

/** An empty table. A name that is not in it throws an Error, for all engines in the same words. */
export function openVariableTable<Held>(): VariableTable<Held> {
  const rows = new Map<string, Row<Held>>()
  const find = (name: string): Row<Held> => {
    const row = rows.get(name)
    if (row === undefined) throw new Error(`there is no variable '${name}'`)
    return row
  }
  return {
    names: () => [...rows.keys()],
    has: (name) => rows.has(name),
    shape: (name) => find(name).shape,
    get: (name) => find(name).held,
    create(name, shape, data, hold) {
      if (rows.has(name)) throw new Error(`variable '${name}' exists`)
      const size = sizeOf(shape)
      demandLength(name, size, data)
      rows.set(name, { shape: [...shape], size, held: hold() })
    },
    replace(name, held) {
      const row = find(name)
      const old = row.held
      row.held = held
      return old
    },
    demandLength: (name, data) => demandLength(name, find(name).size, data),
    delete(name) {
      const { held } = find(name)
      rows.delete(name)
      return held
    },
    clear() {
      const all = [...rows.values()].map(({ held }) => held)
      rows.clear()
      return all
    },
    bytes: () => [...rows.values()].reduce((sum, { size }) => sum + size * Float32Array.BYTES_PER_ELEMENT, 0),
  }
}

function demandLength(name: string, size: number, data: ArrayLike<number>): void {
  if (data.length !== size) {
    throw new Error(`variable '${name}' has ${String(size)} elements, not ${String(data.length)}`)
  }
}
