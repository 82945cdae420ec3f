import { availableParallelism } from 'node:os'

/** Threads that native TensorFlow starts if nobody says how many. */
export function defaultThreads(): number {
  return availableParallelism()
}
