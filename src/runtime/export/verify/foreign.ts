import type { InferenceProgram } from '../inference/inference-program.js'

/** Images on which what was written is tried. */
export interface Sample {
  /** [count, height, width, channels], normalised. */
  readonly images: Float32Array
  readonly count: number
  readonly shape: ImageShape
  readonly classes: number
}

export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** What a program that is not ours made of what was written. */
export type ForeignResult =
  | {
      readonly kind: 'ran'
      /** Name and version, `onnxruntime-web 1.30.0`. */
      readonly program: string
      /** [count, classes] */
      readonly logits: Float32Array
    }
  /** It is not there. */
  | { readonly kind: 'absent'; readonly program: string; readonly install: string }

/** Runs a sample through files that were written. @throws Error with what the program said where it refuses them */
export type ForeignRun = (path: string, sample: Sample, program: InferenceProgram) => Promise<ForeignResult>

/** So many images at once: more would be a matter of memory alone. */
export const imagesAtOnce = 50

/** Calls `run` with the images of a sample part by part, and puts the logits together. */
export async function inParts(
  { images, count, shape, classes }: Sample,
  run: (images: Float32Array, count: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const logits = new Float32Array(count * classes)
  const pixels = shape.height * shape.width * shape.channels
  for (let from = 0; from < count; from += imagesAtOnce) {
    const to = Math.min(count, from + imagesAtOnce)
    const part = await run(images.subarray(from * pixels, to * pixels), to - from)
    if (part.length !== (to - from) * classes) throw new Error(`it gives ${String(part.length)} logits`)
    logits.set(part, from * classes)
  }
  return logits
}
