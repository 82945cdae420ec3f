import type { Placement } from '../../../../space/binding/placement.js'
import type { ArgumentReader } from '../reader.js'

export type PlacementComponent = (read: ArgumentReader) => Placement
