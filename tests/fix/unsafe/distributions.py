"""tf.contrib.distributions: the package tensorflow_probability."""

import tensorflow as tf
from tensorflow.contrib import distributions as ds

with tf.Graph().as_default(), tf.compat.v1.Session() as session:
    normal = tf.contrib.distributions.Normal(0.0, 2.0)
    print([one.round(4).tolist() for one in session.run([normal.log_prob(1.0), normal.cdf(1.0), normal.entropy(), normal.mean(), normal.stddev(), normal.quantile(0.3)])])
    both = [ds.Bernoulli(probs=0.3), ds.Categorical(probs=[0.2, 0.8]), ds.Poisson(2.0), ds.OneHotCategorical(logits=[0.0, 1.0])]
    print([one.round(4).tolist() for one in session.run([both[0].log_prob(1), both[1].log_prob(1), both[2].log_prob(3.0), both[3].log_prob([0.0, 1.0])])])
    more = [ds.Beta(2.0, 3.0), ds.Exponential(2.0), ds.Gamma(2.0, 3.0), ds.Laplace(0.0, 1.0), ds.StudentT(3.0, 0.0, 1.0), ds.Uniform(0.0, 2.0)]
    print([[part.round(4).tolist() for part in session.run([one.log_prob(0.4), one.mean(), one.variance()])] for one in more])
    print([one.round(4).tolist() for one in session.run([ds.Dirichlet([1.0, 2.0]).log_prob([0.4, 0.6]), ds.MultivariateNormalDiag([0.0, 1.0], [1.0, 2.0]).log_prob([0.5, 0.5])])])
    print(session.run(ds.kl_divergence(ds.Normal(0.0, 1.0), ds.Normal(1.0, 2.0))), session.run(normal.sample(5)).shape)
