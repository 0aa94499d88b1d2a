import tensorflow as tf


class Model:
    @tf.function
    def predict(self, x):
        return x + 1


model = Model()
for i in range(5):
    model.predict(tf.constant(i))
print("traces", model.predict.experimental_get_tracing_count())
