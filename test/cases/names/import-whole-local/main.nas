import "./ops.nas"
let all = { twice, thrice }
