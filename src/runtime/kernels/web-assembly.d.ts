// The part of the WebAssembly API that is used here: neither ES2023 nor the types of Node 20 declare it.
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean

  interface Memory {
    readonly buffer: ArrayBuffer | SharedArrayBuffer
    grow(pages: number): number
  }
  const Memory: new (descriptor: { initial: number; maximum?: number }) => Memory

  interface Module {
    readonly __module?: never
  }
  const Module: new (bytes: Uint8Array) => Module

  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  const Instance: new (module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => Instance
}
