import { search } from '../search.js'

/** The searches of the claims. */
export const program = 'bench/claims/pi-nas/chain.nas'
export const scale = 'toy'

/** How a supernet is trained before its paths are ranked, and what each differs in from Pi-NAS. */
export const arms = {
  pi: 'Pi-NAS',
  same_path: 'without cross-path',
  no_teacher: 'without teacher',
  single_path: 'SPOS',
} as const
export type Arm = keyof typeof arms
export const armNames = Object.keys(arms) as readonly Arm[]

/** By the name of the run: all claims read the same supernets. */
const known = new Map<string, Promise<string>>()

/** @returns the run directory of a trained supernet */
export function supernetOf(arm: Arm, seed: number): Promise<string> {
  const name = `pi-nas/${arm}-${String(seed)}`
  const before = known.get(name)
  if (before !== undefined) return before
  const run = search({ file: program, search: arm, scale, seed, name })
  known.set(name, run)
  return run
}
