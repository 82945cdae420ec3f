import { Failure } from '../../../catalogue/failure.js'
import type { MeasurementSetting, SettingName } from './measurements.js'

/** What tells machines, spaces and ways to measure apart. What a file does not say counts as equal. */
const telling: readonly SettingName[] = [
  ...(['quantity', 'unit', 'device', 'backend', 'threads'] as const),
  ...(['batch', 'resolution', 'space', 'networks'] as const),
]

/**
 * @param file for messages
 * @param ours what it has to agree with, in all that both say
 * @throws Failure NAS7626 where it is about another space, NAS7621 that names what else differs
 */
export function requireSameSetting(file: string, found: MeasurementSetting, ours: MeasurementSetting): void {
  const differing = telling.filter((name) => {
    const [theirs, own] = [found[name], ours[name]]
    return theirs !== undefined && own !== undefined && theirs !== own
  })
  if (differing.length === 0) return
  if (differing.includes('space')) {
    const [space, ofFile] = [ours.space ?? '', found.space ?? '']
    throw new Failure('measurements-of-other-space', { file, found: ofFile, space })
  }
  // The params say why networks are others.
  const byParams = differing.includes('networks') && found.params !== undefined && found.params !== ours.params
  const told = byParams ? [...differing, 'params' as const] : differing
  const differences = told.map(
    (name) => `${name} is ${found[name] ?? 'not said'}, and here ${ours[name] ?? 'not said'}`,
  )
  throw new Failure('other-measurements', {
    file,
    differences: differences.join('; '),
    lines: differing.map((name) => `\`# ${name}: …\``).join(', '),
  })
}
