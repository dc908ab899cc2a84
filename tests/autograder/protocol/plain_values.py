"""Values that may pass between a suite and a submission, for hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hypothesis_numpy

from autograder.protocol import plain

leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
number_arrays = hypothesis_numpy.arrays(
    st.sampled_from(
        [np.bool_, np.int8, np.uint16, np.int64, np.float16, np.float32, np.float64, np.complex64]
    ),
    hypothesis_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
)
handles = st.builds(plain.Handle, st.integers(0, 99), st.text(max_size=9))
# What a stranger's process may answer with.
any_values = (
    values
    | number_arrays
    | handles
    | st.builds(plain.Tensor, number_arrays)
    | st.integers(-(2**2000), 2**2000)
)
