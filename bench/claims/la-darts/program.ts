import { nasc } from '../search.js'

/** The searches of all claims of LA-DARTS. */
export const program = 'bench/claims/la-darts/latency.nas'
export const scale = 'toy'
/** As a user asks for them; networks are measured at the size at which they are retrained. */
const setting = ['--search', 'aware_of_latency', '--scale', scale, '--data', 'mnist', '--backend', 'wasm'] as const
const architectures = 2000

/**
 * Measures random architectures on this machine into the file that the predictor of the program names, `.bench/claims/la-darts`.
 * It stays there: what was measured before, also by a call that was stopped, is not measured again. Wants a quiet machine.
 */
export async function measureArchitectures(progress: (line: string) => void): Promise<void> {
  progress(`measuring ${String(architectures)} architectures, or what is missing of them`)
  await nasc('latency', 'sample', program, ...setting, '--threads', '1', '--count', String(architectures), '--quiet')
}

export interface FitQuality {
  readonly relativeError: number
  readonly kendallTau: number | null
}

export interface Fitted extends FitQuality {
  readonly baselines: Readonly<Record<'constant' | 'macs' | 'oneHot', FitQuality>>
}

/** Fits the predictor of the program; another seed holds others of the architectures out. */
export async function fitPredictor(seed: number): Promise<Fitted> {
  return (await nasc('latency', 'fit', program, ...setting, '--seed', String(seed), '--quiet')) as Fitted
}
