// The table of one instruction set's kernels.

const nn_kernels NN_NAME(kernels) = {
    .map = NN_NAME(map),
    .map_gradient = NN_NAME(map_gradient),
    .combine = NN_NAME(combine),
    .multiply_add = NN_NAME(multiply_add),
    .add_scaled = NN_NAME(add_scaled),
    .scaled_difference = NN_NAME(scaled_difference),
    .sum = NN_NAME(sum),
    .sum_of_products = NN_NAME(sum_of_products),
    .sum_of_squared_differences = NN_NAME(sum_of_squared_differences),
    .sum_columns = NN_NAME(sum_columns),
    .sum_columns_of_products = NN_NAME(sum_columns_of_products),
    .all_finite = NN_NAME(all_finite),
    .step_momentum = NN_NAME(step_momentum),
    .step_adam = NN_NAME(step_adam),
    .multiply = NN_NAME(multiply),
};
