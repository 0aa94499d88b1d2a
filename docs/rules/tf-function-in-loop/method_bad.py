import tensorflow as tf


class Model:
    def __init__(self):
        self.traces = 0

    def predict(self, x):
        @tf.function  # expect: 10 tf-function-in-loop
        def forward(x):
            return x + 1

        y = forward(x)
        self.traces += forward.experimental_get_tracing_count()
        return y


model = Model()
for i in range(5):
    model.predict(tf.constant(i))
print("traces", model.traces)
