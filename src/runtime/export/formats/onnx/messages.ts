import protobuf from 'protobufjs'

/**
 * The messages of ONNX (https://onnx.ai, onnx/onnx.proto) that a network needs, with the fields that it sets. Numbers of fields
 * are those of the standard, so that every reader of ONNX reads them.
 */
const schema = `
syntax = "proto3";
message Attribute {
  string name = 1; float f = 2; int64 i = 3; bytes s = 4; repeated float floats = 7; repeated int64 ints = 8; int32 type = 20;
}
message Node { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; repeated Attribute attribute = 5; }
message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
message Shape { repeated Dimension dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Type { TensorType tensor_type = 1; }
message ValueInfo { string name = 1; Type type = 2; }
message Graph {
  repeated Node node = 1; string name = 2; repeated Tensor initializer = 5; string doc_string = 10;
  repeated ValueInfo input = 11; repeated ValueInfo output = 12;
}
message OperatorSet { string domain = 1; int64 version = 2; }
message Entry { string key = 1; string value = 2; }
message Model {
  int64 ir_version = 1; string producer_name = 2; string producer_version = 3; string doc_string = 6; Graph graph = 7;
  repeated OperatorSet opset_import = 8; repeated Entry metadata_props = 14;
}
`

const { root } = protobuf.parse(schema, { keepCase: true })

/** Numbers of the enumerations of the standard. */
export const onnxTypes = { float: 1, int64: 7 } as const
export const attributeTypes = { float: 1, int: 2, ints: 7 } as const

export interface OnnxAttribute {
  readonly name: string
  readonly type: number
  readonly f?: number
  readonly i?: number
  readonly ints?: readonly number[]
}

export interface OnnxNode {
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly name: string
  readonly op_type: string
  readonly attribute: readonly OnnxAttribute[]
}

export interface OnnxTensor {
  readonly dims: readonly number[]
  readonly data_type: number
  readonly name: string
  /** Little-endian. */
  readonly raw_data: Uint8Array
}

export interface OnnxValue {
  readonly name: string
  /** A name stands for a length that is not known. */
  readonly dims: readonly (number | string)[]
}

export interface OnnxModel {
  readonly producerVersion: string
  readonly name: string
  readonly document: string
  readonly opset: number
  readonly irVersion: number
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly metadata: Readonly<Record<string, string>>
}

/** The bytes of a model. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const type = root.lookupType('Model')
  const graph = {
    node: model.nodes,
    name: model.name,
    initializer: model.tensors,
    input: model.inputs.map(valueInfo),
    output: model.outputs.map(valueInfo),
  }
  return type
    .encode(
      type.fromObject({
        ir_version: model.irVersion,
        producer_name: 'nasc',
        producer_version: model.producerVersion,
        doc_string: model.document,
        graph,
        opset_import: [{ domain: '', version: model.opset }],
        metadata_props: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
      }),
    )
    .finish()
}

function valueInfo({ name, dims }: OnnxValue): object {
  const dim = dims.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }))
  return { name, type: { tensor_type: { elem_type: onnxTypes.float, shape: { dim } } } }
}
