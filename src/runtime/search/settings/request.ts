import type { Json } from '../../run/json.js'
import type { SettingsRequest } from './settings.js'

/** What the user asked for, as it stands in `run.json`: `resume` resolves it again. */
export function requestToJson({ search, space, scale, set, given, baseline, inherit }: SettingsRequest): Json {
  return {
    ...(search !== undefined && { search }),
    ...(space !== undefined && { space }),
    ...(scale !== undefined && { scale }),
    ...(set !== undefined && { set: JSON.parse(JSON.stringify(set)) as Json }),
    ...(baseline !== undefined && { baseline: { count: baseline.count } }),
    ...(inherit !== undefined && { inherit: JSON.parse(JSON.stringify(inherit)) as Json }),
    ...(given !== undefined && { given: JSON.parse(JSON.stringify(given)) as Json }),
  }
}

/** Reads what {@link requestToJson} wrote. */
export function requestFromJson(json: Json): SettingsRequest {
  return json as SettingsRequest
}
