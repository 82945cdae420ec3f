extern relaxtion softmax(temperature: real = 1)
