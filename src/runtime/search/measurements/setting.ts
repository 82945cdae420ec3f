import { cpus } from 'node:os'
import { packageVersion } from '../../../support/node/package-root.js'
import { spaceWord } from '../../../space/expressions/labels.js'
import type { Engine } from '../../backend/engine/engine.js'
import { networksHash, printParams, type MeasuredSpace } from './measured-space.js'
import type { MeasurementSetting } from './measurements.js'

/** How this machine measures the networks of a space. @param batch images at once */
export function settingOf(
  measured: MeasuredSpace,
  { backend, threads }: Pick<Engine, 'backend' | 'threads'>,
  { batch }: { readonly batch: number },
): Required<Omit<MeasurementSetting, 'seed'>> {
  return {
    ...{
      quantity: 'latency',
      unit: 'ms',
      device: deviceName(),
      backend,
      threads: String(threads),
      batch: String(batch),
    },
    ...spaceSetting(measured),
    nasc: packageVersion(),
  }
}

/** What a file may say of the space. */
export function spaceSetting(
  measured: MeasuredSpace,
): Required<Pick<MeasurementSetting, 'resolution' | 'space' | 'params' | 'networks'>> {
  const { height, width, channels } = measured.input
  return {
    resolution: `${String(height)}x${String(width)}x${String(channels)}`,
    space: spaceWord(measured.space),
    params: printParams(measured.params),
    networks: networksHash(measured),
  }
}

/** This machine, as a file of measurements says it. */
export function deviceName(): string {
  const [first] = cpus()
  return `${first?.model.trim() ?? 'unknown processor'}, ${process.platform} ${process.arch}`
}
