import { Failure } from '../../catalogue/failure.js'
import type { IrSpace } from '../../ir/model/space.js'

/**
 * Two choices of a space have one path. It is no matter of some options, and so no {@link ElaborationFailure}: whatever is
 * taken, an answer would settle both.
 */
export class SharedPathFailure extends Failure {
  constructor(
    readonly path: string,
    /** Parts of the IR: the one that was met first, and the other. */
    readonly choices: readonly [object, object],
  ) {
    super('two-choices-of-one-path', { path })
  }
}

const ownersOf = new WeakMap<IrSpace, Map<string, object>>()

/**
 * A path belongs to the choice that it was met for first, as long as the space lives, so that two that never meet in one
 * network are told apart as well.
 *
 * @throws SharedPathFailure where it belongs to another one
 */
export function ownPath({ space }: { readonly space?: IrSpace }, path: string, choice: object): void {
  if (!space) return
  const owners = ownersOf.get(space) ?? new Map<string, object>()
  ownersOf.set(space, owners)
  const owner = owners.get(path)
  if (owner === choice) return
  if (owner) throw new SharedPathFailure(path, [owner, choice])
  owners.set(path, choice)
}
