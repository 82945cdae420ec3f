import protobuf from 'protobufjs'
import type { InferenceProgram } from '../../inference/inference-program.js'
import { shapeProto, type GraphNode } from './graph.js'
import { constantBytes } from './constant-bytes.js'
import { graphVersion, signatureOf, tensorflowGraph } from './network.js'

/**
 * The messages of TensorFlow (tensorflow/core/protobuf/saved_model.proto and what it imports) that a network needs, with the
 * fields that it sets and the numbers that these have there.
 */
const schema = `
syntax = "proto3";
enum DataType { DT_INVALID = 0; DT_FLOAT = 1; DT_INT32 = 3; }
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; }
message Tensor { DataType dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message List { repeated int64 i = 3; }
message Attr {
  oneof value { List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; DataType type = 6; Shape shape = 7; Tensor tensor = 8; }
}
message Node { string name = 1; string op = 2; repeated string input = 3; map<string, Attr> attr = 5; }
message Versions { int32 producer = 1; int32 min_consumer = 2; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message MetaInfo { repeated string tags = 4; }
message TensorInfo { string name = 1; DataType dtype = 2; Shape tensor_shape = 3; }
message Signature { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message MetaGraph { MetaInfo meta_info_def = 1; Graph graph_def = 2; map<string, Signature> signature_def = 5; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
`

const { root } = protobuf.parse(schema)

/** What `saved_model.pb` holds: a graph with its weights in it, so that there are no variables. */
export function savedModelBytes(program: InferenceProgram): Uint8Array {
  const { nodes, constants } = tensorflowGraph(program, { dilatesDepthwise: false })
  const contents = new Map(constants.map((constant) => [constant.name, constant]))
  const node = nodes.map((each: GraphNode) => {
    const constant = contents.get(each.name)
    if (constant === undefined) return each
    const { shape, data } = constant
    const dtype = data instanceof Float32Array ? 'DT_FLOAT' : 'DT_INT32'
    const tensor = { dtype, tensorShape: shapeProto(shape), tensorContent: constantBytes(data) }
    return { ...each, attr: { ...each.attr, value: { tensor } } }
  })
  const type = root.lookupType('SavedModel')
  const message = type.fromObject({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: ['serve'] },
        graphDef: { node, versions: { producer: graphVersion, minConsumer: 12 } },
        signatureDef: { serving_default: { ...signatureOf(program), methodName: 'tensorflow/serving/predict' } },
      },
    ],
  })
  return type.encode(message).finish()
}
