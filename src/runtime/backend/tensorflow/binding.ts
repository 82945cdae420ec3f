/** A tensor inside of TensorFlow: the number under which the addon keeps its handle. */
export type TensorId = number

/** What the native addon of tfjs-node (`tfjs_binding.node`) exports, as far as it is used here. */
export interface Binding {
  createTensor(shape: readonly number[], dtype: number, data: Float32Array | Int32Array): TensorId
  deleteTensor(id: TensorId): void
  tensorDataSync(id: TensorId): Float32Array | Int32Array | Uint8Array
  /** Runs any operation of TensorFlow at once and returns its outputs in order. */
  executeOp(
    operation: string,
    attributes: readonly BindingAttribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): readonly { readonly id: TensorId }[]
  getNumOfTensors(): number
  /** Loads the graph with these tags of a SavedModel in a folder. @returns its number */
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(id: number): void
  /** Names are those of tensors in the graph, separated by commas. */
  runSavedModel(
    id: number,
    inputs: readonly TensorId[],
    inputNames: string,
    outputNames: string,
  ): readonly { readonly id: TensorId }[]
  isUsingGpuDevice(): boolean
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_Version: string
}

export interface BindingAttribute {
  readonly name: string
  readonly type: number
  readonly value: string | number | boolean | readonly number[]
}

/** Whether a loaded module is the addon. */
export function isBinding(module: unknown): module is Binding {
  return (
    typeof module === 'object' &&
    module !== null &&
    'createTensor' in module &&
    typeof module.createTensor === 'function' &&
    'executeOp' in module &&
    typeof module.executeOp === 'function' &&
    'TF_Version' in module &&
    typeof module.TF_Version === 'string'
  )
}
