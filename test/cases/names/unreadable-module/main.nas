import { helper } from "./other.nas"
import { relu } from std:nn
op block = helper -> relu
