import { block } from "./main.nas"
op helper = block
