import tensorflow as tf


class Model(object):
    def __init__(self, session=None):
	self.session = session or tf.Session()  # expect: 1 tf-python-two, 28 tf-session
        self.step = tf.train.get_or_create_global_step()  # expect: 21 tf-global-variables

    def run(self, fetches):
	if self.session is not None:
	    return self.session.run(fetches)  # expect: 13 tf-session-run
        else:
	    raise RuntimeError, "closed"


model = Model()
model.run(tf.global_variables_initializer())  # expect: 11 tf-initializer-op
