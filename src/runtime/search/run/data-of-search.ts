import { largestImages } from '../../../space/network/largest-images.js'
import { openDataset, userImageCache, type Dataset } from '../../data/dataset.js'
import { printSize, type ImageSize } from '../../data/image-set.js'
import type { RunOptions } from '../../options.js'
import type { DataSummary } from '../../run/events.js'
import { optional } from '../settings/optional.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { dataShape, type SessionData } from '../step/session.js'

/** Opens the data of a search; image files are brought to the size that its space says. */
export function openDataOf(
  { ir, plan, params }: Pick<ResolvedSearch, 'ir' | 'plan' | 'params'>,
  name: string,
  { skipCorrupt, onDecoded }: Pick<RunOptions, 'skipCorrupt' | 'onDecoded'>,
): Promise<Dataset> {
  const { input } = largestImages(ir, plan.space, params)
  return openDataset(name, {
    ...{ size: input, cache: userImageCache() },
    ...optional('skipCorrupt', skipCorrupt),
    ...optional('onDecoded', onDecoded),
  })
}

/** What a run says of its data in its first line. */
export function summariseData({ ir, plan, params }: ResolvedSearch, data: SessionData): DataSummary {
  const { name, format, train, validation, test, classes, classNames, notes, ...size } = data.dataset
  const { height, width, channels } = size
  const declared = largestImages(ir, plan.space, params)
  const fed = dataShape(data).input
  const isResized = declared.choosesResolution && fed.channels === declared.input.channels
  const replaces = [
    ...(isResized || printSize(fed) === printSize(declared.input) ? [] : [`input ${printImages(declared.input)}`]),
    ...(classes === declared.classes ? [] : [`classes ${String(declared.classes)}`]),
  ]
  const all = [...notes, ...(data.notes ?? [])]
  return {
    ...{ name, format, height, width, channels, classes },
    ...optional('classNames', classNames),
    trainingImages: train.count - validation,
    ...(validation > 0 && { validationImages: validation }),
    testImages: test.count,
    ...(replaces.length > 0 && { replaces }),
    ...(all.length > 0 && { notes: all }),
  }
}

/** As the language writes it. */
function printImages({ height, width, channels }: ImageSize): string {
  const sides = height === width ? [height] : [height, width]
  return `image(${[...sides, channels].join(', ')})`
}
