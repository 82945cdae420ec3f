import type { SelectedOptions } from '../components/derivations/derivation.js'

/** Costs of architectures that were measured: what a predictor is fitted to. */
export interface Measurements {
  /** What the file says of them, in its order; a file that was written by hand may say nothing. */
  readonly setting: MeasurementSetting
  readonly rows: readonly Measurement[]
}

export interface Measurement {
  /** Where it stands, for messages: `latency.csv, line 12`. */
  readonly place: string
  readonly decisions: SelectedOptions
  readonly value: number
  /** What the reference network took around it, in the same unit; absent: nothing is known of how quiet it was. */
  readonly reference?: number
  /** Which draw of the stream it is; absent: it was not drawn here. */
  readonly sample?: number
}

/** How they were measured, by name, as it prints. */
export type MeasurementSetting = Readonly<Partial<Record<SettingName, string>>>

/** In the order in which a file says them. */
export const settingNames = [
  'quantity',
  'unit',
  'device',
  'backend',
  'threads',
  'batch',
  'resolution',
  'space',
  'params',
  'networks',
  'seed',
  'nasc',
] as const
export type SettingName = (typeof settingNames)[number]

/**
 * The costs with what the machine did besides taken out: each in proportion to what the reference network took around it, where
 * that was measured, in units of its least time.
 */
export function quietValues(rows: readonly Measurement[]): readonly number[] {
  const least = Math.min(...rows.flatMap(({ reference }) => reference ?? []))
  return rows.map(({ value, reference }) => (reference === undefined ? value : (value * least) / reference))
}
