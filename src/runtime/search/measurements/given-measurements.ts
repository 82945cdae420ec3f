import { declaredImages, type Images, type SpaceOfNetworks } from './measured-space.js'
import { parseMeasurements, settingIn } from './measurements-file.js'
import type { Measurements, MeasurementSetting } from './measurements.js'
import { requireSameSetting } from './same-setting.js'
import { requireSamples } from './samples.js'
import { spaceSetting } from './setting.js'

/** A file of measurements that is given to fit a predictor to. */
export interface GivenMeasurements {
  readonly text: string
  /** For messages. */
  readonly file: string
  /** The machine that they have to be of; absent: any. */
  readonly device?: string
}

/**
 * Reads measurements and makes sure that a predictor can be fitted to them: of the networks of this space, enough of them, in all that
 * the file says of how they were measured.
 *
 * @param images that the networks see; absent: of the size that the file says, or else that the space declares
 * @throws Failure NAS7621, NAS7626 where they are of something else, NAS7617, NAS7618 and as `parseMeasurements`
 */
export function givenMeasurements(
  { text, file, device }: GivenMeasurements,
  networks: SpaceOfNetworks,
  images?: Images,
): Measurements {
  const setting = settingIn(text, file)
  const space = { ...networks, ...(images ?? imagesIn(setting, networks)) }
  // Before the rows: those of other networks may name other choices.
  requireSameSetting(file, setting, { ...spaceSetting(space), ...(device !== undefined && { device }) })
  const measurements = parseMeasurements(text, file, space)
  requireSamples(measurements.rows, space, file)
  return measurements
}

/** `28x28x1` */
function imagesIn({ resolution = '' }: MeasurementSetting, networks: SpaceOfNetworks): Images {
  const declared = declaredImages(networks)
  const found = /^(?<height>\d+)x(?<width>\d+)x(?<channels>\d+)$/u.exec(resolution)?.groups
  if (found === undefined) return declared
  const { height, width, channels } = found
  return { ...declared, input: { height: Number(height), width: Number(width), channels: Number(channels) } }
}
