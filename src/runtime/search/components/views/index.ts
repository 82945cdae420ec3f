import type { ComponentUse } from '../component-use.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import { mocoV2 } from './moco-v2.js'
import type { Views, ViewsComponent } from './views.js'

/** Views by their names in `std:search`. */
export const views: Readonly<Record<string, ViewsComponent>> = { moco_v2: mocoV2 }

export function openViews(use: ComponentUse): Views {
  return lookUp(views, use, 'views', 'views')(readArguments(use, 'views'))
}
