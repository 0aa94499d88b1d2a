import tensorflow as tf


def numbers():
    return tf.data.Dataset.from_tensors(({"x": [[0.0], [1.0], [2.0]]}, [[1.0], [3.0], [5.0]]))


model = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")])  # expect: 9 tf-estimator
model.train(lambda: numbers().repeat(), steps=1000)
guess = next(model.predict(lambda: tf.data.Dataset.from_tensors({"x": [[3.0]]})))
print(round(float(guess["predictions"][0]), 1))
