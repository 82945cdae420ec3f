import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm'

const SECONDS_TO_START = 20
const FLAG = 'WASM_HAS_MULTITHREAD_SUPPORT'
/** The flag that keeps tfjs from writing warnings: a start that fails here is tried again in another way. */
const QUIET = 'PROD'
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const

/**
 * Starts the tfjs wasm backend from its threaded binary, whose memory is shared, without threads of its own: ours do the
 * work. Its loader (Emscripten's) wants a pool of workers all the same, and gets stand-ins that only say that they have
 * loaded. It also listens for uncaught errors of the process and sets a global `Worker`; both are undone.
 *
 * @returns false if the backend did not start
 */
export async function startShared(): Promise<boolean> {
  const library = createRequire(import.meta.url)('node:worker_threads') as { Worker: unknown }
  const worker = library.Worker
  const globalWorker = Object.getOwnPropertyDescriptor(globalThis, 'Worker')
  const emitter: Pick<EventEmitter, 'rawListeners' | 'off'> = process
  const listeners = EVENTS.map((event) => new Set(emitter.rawListeners(event)))
  const [supported, quiet] = [await tf.env().getAsync(FLAG), tf.env().getBool(QUIET)]
  let timer: NodeJS.Timeout | undefined
  try {
    library.Worker = WorkerStub
    tf.env().set(FLAG, true)
    tf.env().set(QUIET, true)
    setThreadsCount(1)
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, 1000 * SECONDS_TO_START, false)
    })
    return await Promise.race([tf.setBackend('wasm'), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
    library.Worker = worker
    tf.env().set(FLAG, supported)
    tf.env().set(QUIET, quiet)
    if (globalWorker === undefined) Reflect.deleteProperty(globalThis, 'Worker')
    else Object.defineProperty(globalThis, 'Worker', globalWorker)
    EVENTS.forEach((event, i) => {
      for (const listener of emitter.rawListeners(event)) {
        if (listeners[i]?.has(listener) === false) emitter.off(event, listener as () => void)
      }
    })
  }
}

/** Answers the one message on whose answer the loader waits. */
class WorkerStub {
  private readonly listeners: ((message: unknown) => void)[] = []

  on(event: string, listener: (message: unknown) => void): void {
    if (event === 'message') this.listeners.push(listener)
  }

  postMessage(message: { readonly cmd?: string }): void {
    if (message.cmd !== 'load') return
    queueMicrotask(() => {
      for (const listener of this.listeners) listener({ cmd: 'loaded' })
    })
  }

  ref(): void {
    // Nothing runs here.
  }

  unref(): void {
    // Nothing runs here.
  }

  terminate(): void {
    // Nothing runs here.
  }
}
